import type {
  AgentHealth,
  Health,
  HealthDetails,
  OperationsHealth,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { hostname } from 'node:os';
import { isoNow } from '../database/rows';
import { engagedSwitches, stopFor } from '../killSwitch/KillSwitchStore';
import type { Lanes } from '../lanes/Lanes';
import type { Dependencies, PortalPart } from '../resilience/Dependencies';
import type { Registry } from '../runtime/Registry';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';

const WINDOW_MS = 7 * 24 * 3_600_000;
/** How often the parts are looked at although nobody asks. */
const LOOK_MS = 10_000;
/** Probes of a load balancer come often and from anywhere: answers of this age are given again. */
const FRESH_MS = 1000;

interface InvocationRow {
  agent: string;
  outcome: string;
  milliseconds: number;
}

/**
 * Looks again and again whether the parts the framework stands on work, keeps how everything it
 * leans on is doing, and how the agents have done in the last seven days.
 */
export class HealthService {
  #launched = false;
  #timer: NodeJS.Timeout | undefined;
  #latest: { at: number; report: Promise<Health> } | undefined;
  #lastStatus: Health['status'] | undefined;

  constructor(
    private readonly options: {
      knex: Knex;
      engine: WorkflowEngine;
      registry: Registry;
      dependencies: Dependencies;
      lanes: Pick<Lanes, 'effectiveOf'>;
      logger: LoggerService;
      operations?: { read(): Promise<OperationsHealth> };
      /** What other parts have found out by themselves. */
      moreChecks?: ReadonlyArray<() => Health['checks'][number]>;
    },
  ) {}

  /** Called when the engine drives workflows. */
  engineLaunched(): void {
    this.#launched = true;
    this.#latest = undefined;
  }

  /** Begins to look by itself, so that an outage is known, and logged, before somebody meets it. */
  start(): void {
    this.#timer = setInterval(() => {
      this.report().catch(error =>
        this.options.logger.warn('The health could not be looked at', {
          error: String(error),
        }),
      );
    }, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Whether the framework works. Open to everybody, so it says no more than that. */
  async report(): Promise<Health> {
    if (!this.#latest || Date.now() - this.#latest.at > FRESH_MS) {
      this.#latest = { at: Date.now(), report: this.#look() };
    }
    return this.#latest.report;
  }

  /** Everything the framework leans on, for people; with figures and advice for those who run the portal. */
  async details({ forOperators = false } = {}): Promise<HealthDetails> {
    const [report, runtimes, operations] = await Promise.all([
      this.report(),
      this.options.registry.runtimes(),
      // What cannot be read now is among the checks that failed.
      forOperators
        ? this.options.operations?.read().catch(() => undefined)
        : undefined,
    ]);
    return {
      ...report,
      checkedAt: isoNow(),
      process: `${hostname()}:${process.pid}`,
      dependencies: this.options.dependencies.states(),
      failovers: this.options.dependencies.failovers(),
      runtimes: [...runtimes],
      operations,
    };
  }

  async agents(): Promise<AgentHealth[]> {
    const since = new Date(Date.now() - WINDOW_MS).toISOString();
    const described = this.options.registry.describeAgents();
    const [rows, stops, lanes] = await Promise.all([
      this.options
        .knex<InvocationRow & { at: string }>('agent_invocations')
        .where('at', '>', since)
        .select('agent', 'outcome', 'milliseconds'),
      engagedSwitches(this.options.knex),
      this.options.lanes.effectiveOf(described),
    ]);
    return described.map(agent => {
      const own = rows.filter(row => row.agent === agent.id);
      const times = own.map(row => row.milliseconds).sort((a, b) => a - b);
      return {
        ...agent,
        effectiveLane: lanes.get(agent.id),
        stopped: stopFor(stops, agent.id),
        invocations: own.length,
        failures: own.filter(row => row.outcome !== 'completed').length,
        medianSeconds:
          times.length > 0
            ? times[Math.floor((times.length - 1) / 2)] / 1000
            : undefined,
      };
    });
  }

  async #look(): Promise<Health> {
    const { knex, engine, registry } = this.options;
    const [database, motor] = await Promise.all([
      this.#check('database', () => knex.raw('select 1')),
      this.#launched
        ? this.#check('engine', () => engine.checkHealth())
        : {
            id: 'engine',
            status: 'starting' as const,
            message: 'The engine is being launched',
          },
    ]);
    const found = this.options.moreChecks?.map(check => check()) ?? [];
    const checks = [database, motor, ...found];
    let status: Health['status'] = 'ok';
    if (checks.some(({ status: each }) => each === 'failed'))
      status = 'degraded';
    else if (checks.some(({ status: each }) => each === 'starting'))
      status = 'starting';
    this.#tellChange(status, checks);
    return {
      status,
      checks,
      agents: registry
        .describeAgents()
        .map(agent => ({ id: agent.id, status: agent.status })),
    };
  }

  async #check(
    id: PortalPart,
    probe: () => Promise<unknown>,
  ): Promise<Health['checks'][number]> {
    try {
      await this.options.dependencies
        .ofPortal(id)
        .look(async () => probe(), new AbortController().signal);
      return { id, status: 'ok', message: 'Answers' };
    } catch (error) {
      return {
        id,
        status: 'failed',
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }

  #tellChange(status: Health['status'], checks: Health['checks']): void {
    if (status === this.#lastStatus) return;
    const failed = checks.filter(check => check.status === 'failed');
    if (failed.length > 0) {
      this.options.logger.error('The framework is degraded', {
        checks: failed.map(({ id, message }) => `${id}: ${message}`).join('; '),
      });
    } else if (this.#lastStatus === 'degraded') {
      this.options.logger.info('The framework works again');
    }
    this.#lastStatus = status;
  }
}

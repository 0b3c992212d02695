import type {
  AgentHealth,
  Health,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import type { Registry } from '../runtime/Registry';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';

const WINDOW_MS = 7 * 24 * 3_600_000;

interface InvocationRow {
  agent: string;
  outcome: string;
  milliseconds: number;
}

/** Looks whether the parts the framework stands on work, and how the agents have done in the last seven days. */
export class HealthService {
  #launched = false;

  constructor(
    private readonly options: {
      knex: Knex;
      engine: WorkflowEngine;
      registry: Registry;
    },
  ) {}

  /** Called when the engine drives workflows. */
  engineLaunched(): void {
    this.#launched = true;
  }

  async report(): Promise<Health> {
    const { knex, engine, registry } = this.options;
    const database = await check('database', () => knex.raw('select 1'));
    const motor = this.#launched
      ? await check('engine', () => engine.checkHealth())
      : {
          id: 'engine',
          status: 'starting' as const,
          message: 'The engine is being launched',
        };
    const checks = [database, motor];
    let status: Health['status'] = 'ok';
    if (checks.some(({ status: each }) => each === 'failed'))
      status = 'degraded';
    else if (checks.some(({ status: each }) => each === 'starting'))
      status = 'starting';
    return {
      status,
      checks,
      agents: registry
        .describeAgents()
        .map(agent => ({ id: agent.id, status: agent.status })),
    };
  }

  async agents(): Promise<AgentHealth[]> {
    const since = new Date(Date.now() - WINDOW_MS).toISOString();
    const rows = await this.options
      .knex<InvocationRow & { at: string }>('agent_invocations')
      .where('at', '>', since)
      .select('agent', 'outcome', 'milliseconds');
    return this.options.registry.describeAgents().map(agent => {
      const own = rows.filter(row => row.agent === agent.id);
      const times = own.map(row => row.milliseconds).sort((a, b) => a - b);
      return {
        ...agent,
        invocations: own.length,
        failures: own.filter(row => row.outcome !== 'completed').length,
        medianSeconds:
          times.length > 0
            ? times[Math.floor((times.length - 1) / 2)] / 1000
            : undefined,
      };
    });
  }
}

async function check(
  id: string,
  probe: () => Promise<unknown>,
): Promise<Health['checks'][number]> {
  try {
    await probe();
    return { id, status: 'ok', message: 'Answers' };
  } catch (error) {
    return {
      id,
      status: 'failed',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

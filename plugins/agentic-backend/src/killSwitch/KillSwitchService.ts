import {
  AGENTIC_KILL_SWITCH_CHANNEL,
  describeStop,
  SYSTEM_CHAIN,
  TERMINAL_PHASES,
  type KillSwitch,
  type KillSwitchState,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { enqueueNotifications } from '../database/Outbox';
import type { Registry } from '../runtime/Registry';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';
import type { Requester } from '../service/Requester';
import {
  endSwitch,
  engagedSwitches,
  insertSwitch,
  releasedSwitches,
  stopOf,
} from './KillSwitchStore';
import { KillSwitchWatch } from './KillSwitchWatch';
import { requireApprovalRole } from './requireApprovalRole';

/** What a stop or a release is for, and why. Without `agent` it is for all agents. */
export interface KillSwitchOrder {
  readonly agent?: string;
  readonly reason: string;
}

/**
 * Stops agents and lets them go on. A stop is a row: from its commit on no gate lets a call of the
 * agent pass, in any process, also after a restart. What runs is told to end and waits; nothing is
 * failed, undone or forgotten.
 */
export class KillSwitchService {
  readonly #knex: Knex;
  readonly #engine: WorkflowEngine;
  readonly #registry: Registry;
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #roles: Readonly<Record<string, readonly string[]>>;
  readonly watch: KillSwitchWatch;

  constructor(options: {
    knex: Knex;
    engine: WorkflowEngine;
    registry: Registry;
    signals: SignalsService;
    logger: LoggerService;
    /** Who holds which approval role: they are told of every stop and release, and may release. */
    roles: Readonly<Record<string, readonly string[]>>;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#registry = options.registry;
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#roles = options.roles;
    this.watch = new KillSwitchWatch({
      knex: options.knex,
      logger: options.logger,
      onReleased: released => this.#wake(released),
    });
  }

  /** The stop that holds for an agent now, read from the database. */
  async stopOf(agent: string): Promise<KillSwitch | undefined> {
    return stopOf(this.#knex, agent);
  }

  /** Aborts when the agent is stopped while its work runs in this process. */
  watchOver(agent: string): ReturnType<KillSwitchWatch['watchOver']> {
    return this.watch.watchOver(agent);
  }

  async state(): Promise<KillSwitchState> {
    const [engaged, released] = await Promise.all([
      engagedSwitches(this.#knex),
      releasedSwitches(this.#knex),
    ]);
    return { engaged, released };
  }

  /**
   * Stops an agent, or all. Stopping what is stopped already answers the stop that holds, with the
   * name and the reason of who was first. Throws `NotFoundError` for an agent that is not registered.
   */
  async engage(
    order: KillSwitchOrder & { by: string },
  ): Promise<{ stop: KillSwitch; created: boolean }> {
    if (order.agent !== undefined) {
      this.#registry.requireKnown(order.agent);
    }
    const engaged = await this.#knex.transaction(async trx => {
      const result = await insertSwitch(trx, {
        agent: order.agent,
        engagedBy: order.by,
        reason: order.reason,
      });
      if (result.created) {
        await this.#tell(trx, result.stop, 'engaged', {
          inFlight: await tasksUnderWay(trx, order.agent),
        });
      }
      return result;
    });
    if (engaged.created) {
      this.#logger.warn(describeStop(engaged.stop));
    }
    await this.#afterwards();
    return engaged;
  }

  /**
   * Lets an agent, or all, go on where it was held. Throws `NotAllowedError` for a person without an
   * approval role, `ConflictError` when there is no such stop.
   */
  async release(
    order: KillSwitchOrder,
    person: Requester,
  ): Promise<KillSwitch> {
    requireApprovalRole(this.#roles, person);
    const released = await this.#knex.transaction(async trx => {
      const stop = await endSwitch(trx, {
        agent: order.agent,
        releasedBy: person.userEntityRef,
        reason: order.reason,
      });
      if (stop) {
        await this.#tell(trx, stop, 'released');
      }
      return stop;
    });
    if (!released) {
      throw new ConflictError(
        order.agent === undefined
          ? 'There is no stop of all agents; GET /kill-switch lists what is stopped'
          : `There is no stop of agent '${order.agent}' alone; GET /kill-switch lists what is stopped`,
      );
    }
    this.#logger.warn(
      `${person.userEntityRef} released ${order.agent ?? 'all agents'}: ${
        order.reason
      }`,
    );
    await this.#afterwards();
    return released;
  }

  /** Tells those who answer for the portal, in the transaction that makes it true. */
  async #tell(
    trx: Knex.Transaction,
    stop: KillSwitch,
    what: 'engaged' | 'released',
    facts: object = {},
  ): Promise<void> {
    await appendToRecord(trx, {
      chain: SYSTEM_CHAIN,
      kind: what === 'engaged' ? 'agents.stopped' : 'agents.started',
      actor: what === 'engaged' ? stop.engagedBy : stop.releasedBy!,
      subject: stop.agent ? `agent:${stop.agent}` : 'agents:all',
      payload: { ...stop, ...facts },
    });
    const who = stop.agent ? `Agent ${stop.agent}` : 'All agents';
    await enqueueNotifications(trx, [
      {
        scope: `agentic:kill-switch:${stop.switchId}:${what}`,
        recipients: [...new Set(Object.values(this.#roles).flat())],
        title: `${who} ${what === 'engaged' ? 'stopped' : 'released'}`,
        description:
          what === 'engaged'
            ? `${stop.engagedBy}: ${stop.reason}`
            : `${stop.releasedBy}: ${stop.releaseReason}`,
        link: '/agentic/agents',
        severity: what === 'engaged' ? 'critical' : 'high',
      },
    ]);
  }

  /** Hints only, after the commit: whoever misses them looks within a second. */
  async #afterwards(): Promise<void> {
    await this.watch.look().catch(error =>
      this.#logger.warn('The change of a kill switch is seen a second later', {
        error: String(error),
      }),
    );
    await this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: AGENTIC_KILL_SWITCH_CHANNEL,
        message: { changed: true },
      })
      .catch(error => this.#logger.debug('A signal was not sent', error));
  }

  /** Wakes every workflow that may have been held by one of the stops. Waking one too many does no harm. */
  async #wake(released: readonly KillSwitch[]): Promise<void> {
    const agents = released.map(stop => stop.agent);
    const query = this.#knex('tasks')
      .join('workflows', 'workflows.id', 'tasks.workflow_id')
      .whereNotIn('workflows.phase', [...TERMINAL_PHASES])
      .where(held =>
        held
          .whereIn('tasks.status', ['pending', 'preparing', 'running'])
          .orWhereNotNull('tasks.held_because'),
      )
      .distinct('workflows.id', 'workflows.generation');
    if (agents.every(agent => agent !== undefined)) {
      query.whereIn('tasks.agent', agents);
    }
    const rows: Array<{ id: string; generation: number }> = await query;
    for (const { id, generation } of rows) {
      await this.#engine.signal({ workflowId: id, generation });
    }
  }
}

/** How many tasks are being worked on now, of one agent or of all. */
async function tasksUnderWay(
  trx: Knex.Transaction,
  agent: string | undefined,
): Promise<number> {
  const query = trx('tasks').whereIn('status', ['preparing', 'running']);
  if (agent !== undefined) query.where('agent', agent);
  const [row] = await query.count({ total: '*' });
  return Number(row.total);
}

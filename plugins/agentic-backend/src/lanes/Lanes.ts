import {
  lowerLane,
  type AgentLanes,
  type ChangeLaneRequest,
  type Lane,
  type LaneChange,
} from '@agentic-backstage/plugin-agentic-common';
import type { Agent } from '@agentic-backstage/plugin-agentic-node';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { isoNow } from '../database/rows';
import { redact } from '../runtime/redact';
import type { Registry } from '../runtime/Registry';
import { RequestRefused } from '../service/RequestRefused';
import { checkLaneChange, nextLane } from './checkLaneChange';
import {
  dryRunsOf,
  insertLaneChange,
  laneChanges,
  lastLaneChange,
  promotedLanes,
} from './LaneStore';

const START: Lane = 'read_only';

/** An agent as its lane sees it. */
type LanedAgent = Pick<Agent, 'id' | 'lane'>;

/**
 * How far each agent is let. What holds is the lower of what it declares and what it was promoted
 * to; an agent that nobody has promoted only reads. Every change is kept with who, why and what was
 * seen, and is on the change record.
 */
export class Lanes {
  readonly #knex: Knex;
  readonly #registry: Registry;
  readonly #wake: (workflowId: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    registry: Registry;
    /** Wakes a workflow in which a task waits for a promotion. */
    wake: (workflowId: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#registry = options.registry;
    this.#wake = options.wake;
  }

  /** The lane that holds for an agent now. */
  async effective({ id, lane }: LanedAgent): Promise<Lane> {
    const last = await lastLaneChange(this.#knex, id);
    return lowerLane(lane, last?.to ?? START);
  }

  /** The lanes that hold for these agents now, by id. */
  async effectiveOf(agents: readonly LanedAgent[]): Promise<Map<string, Lane>> {
    const promoted = await promotedLanes(this.#knex);
    return new Map(
      agents.map(({ id, lane }) => [
        id,
        lowerLane(lane, promoted.get(id) ?? START),
      ]),
    );
  }

  /** The lane of an agent and how it came by it. Throws `NotFoundError` for an agent that is not registered. */
  async of(agentId: string): Promise<AgentLanes> {
    const { id, lane } = this.#registry.knownAgent(agentId);
    const changes = await laneChanges(this.#knex, id);
    const promoted = changes[0]?.to ?? START;
    return {
      agent: id,
      declared: lane,
      promoted,
      effective: lowerLane(lane, promoted),
      next: nextLane(lane, promoted),
      changes,
    };
  }

  /**
   * Promotes or demotes an agent in a person's name, and wakes what waited for it. Throws
   * {@link RequestRefused} when the rules of the ladder forbid it, `ConflictError` when somebody
   * else has changed the lane since the person looked.
   */
  async change(
    agentId: string,
    wish: ChangeLaneRequest,
    by: string,
  ): Promise<AgentLanes> {
    const before = await this.of(agentId);
    const { evidence } = wish;
    const found = evidence
      ? await dryRunsOf(this.#knex, before.agent, evidence.workflows ?? [])
      : [];
    const problems = checkLaneChange(before, wish, found);
    if (problems.length > 0) {
      throw new RequestRefused(problems);
    }
    const last = before.changes[0]?.seq ?? 0;
    const added =
      wish.after === last &&
      (await this.#add(before.agent, {
        seq: last + 1,
        from: before.promoted,
        to: wish.lane,
        source: 'person',
        changedBy: by,
        reason: redact(wish.reason),
        evidence: evidence && {
          seen: redact(evidence.seen),
          workflows: found,
        },
      }));
    if (!added) {
      throw new ConflictError(
        `The lane of '${before.agent}' was changed since you looked; look at its history again before you decide`,
      );
    }
    await this.#wakeHeld(before.agent);
    return this.of(before.agent);
  }

  /**
   * Gives agents their first lane, once when the portal starts: what comes with the framework gets
   * what it declares, and what the configuration says is done whenever it says something new. What
   * people decided since stays.
   */
  async start(options: {
    builtIn: ReadonlySet<LanedAgent>;
    configured: Readonly<Record<string, Lane>>;
  }): Promise<void> {
    for (const { agent } of this.#registry.agents) {
      const changes = await laneChanges(this.#knex, agent.id);
      const wanted = options.configured[agent.id];
      const said = changes.find(({ source }) => source === 'configuration');
      const next = {
        seq: (changes[0]?.seq ?? 0) + 1,
        from: changes[0]?.to ?? START,
        changedBy: 'system',
      };
      if (wanted !== undefined && wanted !== said?.to) {
        await this.#add(agent.id, {
          ...next,
          to: wanted,
          source: 'configuration',
          reason: `The configuration key agentic.agents.${agent.id}.lane says so`,
        });
      } else if (
        changes.length === 0 &&
        agent.lane !== START &&
        options.builtIn.has(agent)
      ) {
        await this.#add(agent.id, {
          ...next,
          to: agent.lane,
          source: 'bootstrap',
          reason: 'It comes with the framework',
        });
      }
    }
  }

  async #add(
    agentId: string,
    change: Omit<LaneChange, 'at' | 'agentVersion'>,
  ): Promise<boolean> {
    const { version } = this.#registry.knownAgent(agentId);
    return this.#knex.transaction(async trx => {
      const complete = { ...change, agentVersion: version, at: isoNow() };
      if (!(await insertLaneChange(trx, agentId, complete))) {
        return false;
      }
      await appendToRecord(trx, {
        chain: 'system',
        kind:
          lowerLane(change.from, change.to) === change.to &&
          change.from !== change.to
            ? 'lane.demoted'
            : 'lane.promoted',
        actor: change.changedBy,
        subject: `agent:${agentId}`,
        payload: complete,
      });
      return true;
    });
  }

  async #wakeHeld(agentId: string): Promise<void> {
    const rows = await this.#knex('tasks')
      .where('agent', agentId)
      .whereNotNull('held_because')
      .distinct('workflow_id');
    for (const { workflow_id } of rows) {
      await this.#wake(workflow_id);
    }
  }
}

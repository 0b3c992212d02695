import type {
  AgentHealth,
  AgentLanes,
  ChangeLaneRequest,
  LaneChange,
  HealthDetails,
  KillSwitchState,
  LimitsReport,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import { aHealth } from '../sampleAgents';
import { aSweepReport, aSweepRun } from '../sampleSweeps';
import type { FakeAgenticState } from './FakeBackend';
import { FakeApprovals } from './FakeApprovals';

/** What those who run the portal look at and steer. */
export class FakeOperations extends FakeApprovals {
  readonly #sweeps: SweepRun[];
  readonly #lanesOf = new Map<string, AgentLanes>();

  constructor(state: FakeAgenticState = {}) {
    super(state);
    this.#sweeps = [...(state.sweeps ?? [])];
  }

  async getLimits(workflowId?: string): Promise<LimitsReport> {
    this.record('getLimits', workflowId);
    return this.state.limits ?? { currency: 'USD', items: [] };
  }

  async listSecrets(): Promise<SecretList> {
    this.record('listSecrets', undefined);
    return this.state.secrets ?? { stores: [], secrets: [] };
  }

  async listSecretAccess(query: { before?: number }): Promise<SecretAccessLog> {
    this.record('listSecretAccess', query);
    return {
      entries: [...(this.state.secretAccess ?? [])],
      before: this.state.secretAccessBefore,
    };
  }

  async reportSweep(): Promise<SweepReport> {
    this.record('reportSweep', undefined);
    return this.state.sweepReport ?? aSweepReport();
  }

  async runSweep(reportDigest: string, reason: string): Promise<SweepRun> {
    this.record('runSweep', { reportDigest, reason });
    const run = aSweepRun({ reportDigest });
    this.#sweeps.unshift(run);
    return run;
  }

  async listSweeps(): Promise<readonly SweepRun[]> {
    this.record('listSweeps', undefined);
    return [...this.#sweeps];
  }

  async undoEffect(
    workflowId: string,
    effectId: string,
    reason: string,
  ): Promise<UndoEffectResponse> {
    this.record('undoEffect', { workflowId, effectId, reason });
    return (
      this.state.undoAnswer ?? {
        effectId,
        undone: true,
        evidence: 'It is gone',
      }
    );
  }

  async listAgents(): Promise<readonly AgentHealth[]> {
    this.record('listAgents', undefined);
    return this.state.agents ?? [];
  }

  async getAgentLanes(agentId: string): Promise<AgentLanes> {
    this.record('getAgentLanes', agentId);
    return this.#lanes(agentId);
  }

  async changeAgentLane(
    agentId: string,
    wish: ChangeLaneRequest,
  ): Promise<AgentLanes> {
    this.record('changeAgentLane', { agentId, ...wish });
    const before = this.#lanes(agentId);
    const change: LaneChange = {
      seq: before.changes.length + 1,
      from: before.promoted,
      to: wish.lane,
      source: 'person',
      changedBy: 'user:default/ada',
      reason: wish.reason,
      agentVersion: '1.0.0',
      at: '2026-01-01T12:00:00.000Z',
    };
    const after: AgentLanes = {
      ...before,
      promoted: wish.lane,
      effective: wish.lane,
      next: undefined,
      changes: [change, ...before.changes],
    };
    this.#lanesOf.set(agentId, after);
    return after;
  }

  async getKillSwitch(): Promise<KillSwitchState> {
    this.record('getKillSwitch', undefined);
    return this.state.killSwitch ?? { engaged: [], released: [] };
  }

  async stopAgents(order: { agent?: string; reason: string }): Promise<void> {
    this.record('stopAgents', order);
  }

  async releaseAgents(order: {
    agent?: string;
    reason: string;
  }): Promise<void> {
    this.record('releaseAgents', order);
  }

  async getHealthDetails(): Promise<HealthDetails> {
    this.record('getHealthDetails', undefined);
    return this.state.health ?? aHealth();
  }

  #lanes(agentId: string): AgentLanes {
    return (
      this.#lanesOf.get(agentId) ??
      this.state.lanes?.find(({ agent }) => agent === agentId) ?? {
        agent: agentId,
        declared: 'execute',
        promoted: 'read_only',
        effective: 'read_only',
        next: 'dry_run',
        changes: [],
      }
    );
  }
}

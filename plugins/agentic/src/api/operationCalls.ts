import type {
  AgentHealth,
  AgentLanes,
  ChangeLaneRequest,
  HealthDetails,
  KillSwitchState,
  LimitsReport,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import { withQuery, segment, type HttpCalls } from './HttpCalls';

/** All agents are named in so many words, so that a forgotten id never stops everything. */
function toOrder(order: { agent?: string; reason: string }): object {
  return order.agent === undefined
    ? { all: true, reason: order.reason }
    : { agent: order.agent, reason: order.reason };
}

/** What those who run the portal look at and steer. */
export function operationCalls(http: HttpCalls) {
  return {
    async getLimits(workflowId?: string): Promise<LimitsReport> {
      return http.get(withQuery('/limits', { workflowId }));
    },

    async listSecrets(): Promise<SecretList> {
      return http.get('/secrets');
    },

    async listSecretAccess(query: {
      before?: number;
    }): Promise<SecretAccessLog> {
      return http.get(withQuery('/secrets/access', query));
    },

    async reportSweep(): Promise<SweepReport> {
      return http.post('/sweeper/dry-run', {});
    },

    async runSweep(reportDigest: string, reason: string): Promise<SweepRun> {
      return http.post('/sweeper/run', { reportDigest, reason });
    },

    async listSweeps(): Promise<readonly SweepRun[]> {
      const answer = await http.get<{ items: SweepRun[] }>('/sweeper/runs');
      return answer.items;
    },

    async undoEffect(
      workflowId: string,
      effectId: string,
      reason: string,
    ): Promise<UndoEffectResponse> {
      return http.post(
        `/workflows/${segment(workflowId)}/effects/${segment(effectId)}/undo`,
        { reason },
      );
    },

    async listAgents(): Promise<readonly AgentHealth[]> {
      const answer = await http.get<{ items: AgentHealth[] }>('/agents');
      return answer.items;
    },

    async getAgentLanes(agentId: string): Promise<AgentLanes> {
      return http.get(`/agents/${segment(agentId)}/lanes`);
    },

    async changeAgentLane(
      agentId: string,
      change: ChangeLaneRequest,
    ): Promise<AgentLanes> {
      return http.post(`/agents/${segment(agentId)}/lane`, change);
    },

    async getKillSwitch(): Promise<KillSwitchState> {
      return http.get('/kill-switch');
    },

    async stopAgents(order: { agent?: string; reason: string }): Promise<void> {
      await http.send('/kill-switch', toOrder(order));
    },

    async releaseAgents(order: {
      agent?: string;
      reason: string;
    }): Promise<void> {
      await http.send('/kill-switch/release', toOrder(order));
    },

    async getHealthDetails(): Promise<HealthDetails> {
      return http.get('/health/details');
    },
  };
}

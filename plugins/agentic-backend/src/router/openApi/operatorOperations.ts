import type { Operation } from './Operation';

/** What the people use who run the portal. */
export const OPERATOR_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/agents',
    id: 'listAgents',
    summary:
      'List agents: what each may do, whether it may now, and how it has done in the last seven days',
    answers: { 200: 'AgentHealthList' },
  },
  {
    method: 'get',
    path: '/kill-switch',
    id: 'getKillSwitch',
    summary: 'Show which agents are stopped, by whom and why',
    answers: { 200: 'KillSwitchState' },
  },
  {
    method: 'post',
    path: '/kill-switch',
    id: 'engageKillSwitch',
    summary: 'Stop one agent, or all, at once; what runs waits and is not lost',
    body: 'EngageKillSwitchRequest',
    answers: { 200: 'KillSwitch', 201: 'KillSwitch' },
  },
  {
    method: 'post',
    path: '/kill-switch/release',
    id: 'releaseKillSwitch',
    summary:
      'Let one agent, or all, go on where they were held; only with a person’s credentials',
    body: 'ReleaseKillSwitchRequest',
    answers: { 200: 'KillSwitch' },
  },
  {
    method: 'get',
    path: '/health/details',
    id: 'getHealthDetails',
    summary: 'Show everything the framework leans on, with breakers and queues',
    answers: { 200: 'HealthDetails' },
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'getMetrics',
    summary:
      'What the answering process has measured, in Prometheus’ text format',
    answers: { 200: 'Metrics' },
    mediaType: 'text/plain',
  },
  {
    method: 'get',
    path: '/agents/{id}/lanes',
    id: 'getAgentLanes',
    summary: 'Show how far an agent is let, and how it came by it',
    answers: { 200: 'AgentLanes' },
  },
  {
    method: 'post',
    path: '/agents/{id}/lane',
    id: 'changeAgentLane',
    summary: 'Promote an agent one rung, with evidence, or demote it',
    body: 'ChangeLaneRequest',
    answers: { 200: 'AgentLanes' },
  },
  {
    method: 'get',
    path: '/secrets',
    id: 'listSecrets',
    summary: 'What may be said of every secret; never a value',
    answers: { 200: 'SecretList' },
  },
  {
    method: 'get',
    path: '/secrets/due',
    id: 'listDueSecrets',
    summary: 'The secrets whose next value is due, the longest overdue first',
    answers: { 200: 'SecretList' },
  },
  {
    method: 'get',
    path: '/secrets/access',
    id: 'listSecretAccess',
    summary: 'Who used which secret for what, newest first',
    query: ['secret', 'workflowId', 'before', 'limit'],
    answers: { 200: 'SecretAccessLog' },
  },
  {
    method: 'get',
    path: '/limits',
    id: 'getLimits',
    summary:
      'What is allowed and what is used, of oneself, one’s teams and the runs one may see',
    query: ['workflowId'],
    answers: { 200: 'LimitsReport' },
  },
  {
    method: 'post',
    path: '/sweeper/dry-run',
    id: 'reportSweep',
    summary: 'Look what nobody needs any more; removes nothing',
    body: 'SweepRequest',
    answers: { 200: 'SweepReport' },
  },
  {
    method: 'post',
    path: '/sweeper/run',
    id: 'runSweep',
    summary:
      'Remove exactly what a report says; refused when it is too old or has changed',
    body: 'RunSweepRequest',
    answers: { 202: 'SweepRun' },
  },
  {
    method: 'get',
    path: '/sweeper/runs',
    id: 'listSweeps',
    summary: 'What was swept, newest first',
    answers: { 200: 'SweepRunList' },
  },
  {
    method: 'post',
    path: '/workflows/{id}/effects/{effectId}/undo',
    id: 'undoEffectAgain',
    summary: 'Try again to undo an effect that could not be undone',
    body: 'ControlRequest',
    answers: { 200: 'UndoEffectResponse' },
  },
  {
    method: 'get',
    path: '/health',
    id: 'getHealth',
    summary: 'Say whether the framework works',
    answers: { 200: 'Health', 503: 'Health' },
    open: true,
  },
];

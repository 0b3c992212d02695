import type { AuditEntry } from '@agentic-backstage/plugin-agentic-common';
import { aStop, anAgent } from '../../src/__fixtures__/sampleAgents';
import {
  aDeployment,
  aPlan,
  aSummary,
  aTask,
  anApproval,
  anEffect,
  at,
  sampleEvents,
  sampleTasks,
} from '../../src/__fixtures__/sampleDomain';
import { anIncident } from '../../src/__fixtures__/sampleIncidents';
import { aSecret } from '../../src/__fixtures__/sampleSecrets';
import { AgentTable } from '../../src/components/agents/AgentTable';
import { FailoverTable } from '../../src/components/agents/FailoverTable';
import { ApprovalPanel } from '../../src/components/approval/ApprovalPanel';
import { ApprovalsSection } from '../../src/components/approval/ApprovalsSection';
import { InboxCard } from '../../src/components/approval/inbox/InboxCard';
import { AuditTable } from '../../src/components/audit/AuditTable';
import { DeploymentSection } from '../../src/components/deployment/DeploymentSection';
import { LogsSection } from '../../src/components/history/LogsSection';
import { RecordSection } from '../../src/components/history/RecordSection';
import { TimelineSection } from '../../src/components/history/TimelineSection';
import { IncidentTable } from '../../src/components/incidents/IncidentTable';
import { StuckEffectsTable } from '../../src/components/operations/StuckEffectsTable';
import { CostTable } from '../../src/components/plan/CostTable';
import { PlanTaskTable } from '../../src/components/plan/PlanTaskTable';
import { RiskTable } from '../../src/components/plan/RiskTable';
import { SecretTable } from '../../src/components/secrets/SecretTable';
import { TaskPanel } from '../../src/components/workflow/TaskPanel';
import { WorkflowTable } from '../../src/components/workflows/WorkflowTable';
import { givenStates, type CardState } from './CardState';

const LONG_NAME = `${'a-very-long-name-of-a-service-'.repeat(6)}end`;
const LONG_TEXT = 'The service did not answer in time, as before. '.repeat(12);
const nothing = () => {};

const anAuditEntry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  chain: 'wf-1',
  seq: 1,
  kind: 'workflow.requested',
  actor: 'user:default/ada.reyes',
  subject: 'orders-api',
  at: at(0),
  payloadDigest: 'd'.repeat(64),
  previous: '0'.repeat(64),
  hash: 'e'.repeat(64),
  ...change,
});

const logs = (events: ReturnType<typeof sampleEvents>) => (
  <LogsSection
    events={events}
    tasks={sampleTasks()}
    taskId=""
    onTaskChange={nothing}
  />
);

const task = (change: Parameters<typeof aTask>[0]) => (
  <TaskPanel
    task={aTask(change)}
    mayRetry
    onRetry={nothing}
    onRetryFrom={nothing}
    onShowLogs={nothing}
    onClose={nothing}
  />
);

const agents = (list: Parameters<typeof AgentTable>[0]['agents']) => (
  <AgentTable agents={list} engaged={[aStop()]} onChanged={nothing} />
);

const stuck = (evidence: string) => (
  <StuckEffectsTable
    effects={[
      {
        effectId: 'e1',
        workflowId: 'wf-1',
        serviceName: 'orders-api',
        environment: 'staging',
        tool: 'git.publish',
        evidence,
      },
    ]}
    onUndone={nothing}
  />
);

const approvals = (
  list: Parameters<typeof ApprovalsSection>[0]['approvals'],
) => <ApprovalsSection approvals={list} effects={[]} onDecided={nothing} />;

/** Every card and table that is given its data, in each of its states. */
export const givenCards: readonly CardState[] = [
  ...givenStates('WorkflowTable', {
    empty: <WorkflowTable label="Workflows" workflows={[]} />,
    data: <WorkflowTable label="Workflows" workflows={[aSummary()]} />,
    long: (
      <WorkflowTable
        label="Workflows"
        workflows={[
          aSummary({
            serviceName: LONG_NAME,
            phase: 'failed',
            error: LONG_TEXT,
          }),
        ]}
      />
    ),
  }),
  ...givenStates('IncidentTable', {
    empty: <IncidentTable incidents={[]} />,
    data: <IncidentTable incidents={[anIncident()]} />,
    long: <IncidentTable incidents={[anIncident({ title: LONG_TEXT })]} />,
  }),
  ...givenStates('AuditTable', {
    empty: <AuditTable entries={[]} onSelect={nothing} />,
    data: <AuditTable entries={[anAuditEntry()]} onSelect={nothing} />,
    long: (
      <AuditTable
        entries={[anAuditEntry({ subject: LONG_NAME })]}
        onSelect={nothing}
      />
    ),
  }),
  ...givenStates('AgentTable', {
    empty: agents([]),
    data: agents([anAgent()]),
    long: agents([anAgent({ title: LONG_NAME, description: LONG_TEXT })]),
  }),
  ...givenStates('FailoverTable', {
    empty: <FailoverTable failovers={[]} />,
    data: (
      <FailoverTable
        failovers={[
          {
            id: 'model',
            order: ['first', 'second'],
            answering: 'second',
            since: at(0),
            lastFailover: {
              at: at(0),
              from: 'first',
              to: 'second',
              reason: LONG_TEXT,
            },
          },
        ]}
      />
    ),
  }),
  ...givenStates('ApprovalPanel', {
    data: <ApprovalPanel approval={anApproval()} onDecided={nothing} />,
    long: (
      <ApprovalPanel
        approval={anApproval({ rollbackStrategy: [LONG_TEXT] })}
        onDecided={nothing}
      />
    ),
  }),
  ...givenStates('ApprovalsSection', {
    empty: approvals([]),
    data: approvals([anApproval()]),
  }),
  ...givenStates('InboxCard', {
    data: <InboxCard item={{ approval: anApproval(), turn: 'mine' }} />,
    long: (
      <InboxCard
        item={{
          approval: anApproval({ serviceName: LONG_NAME }),
          turn: 'others',
        }}
      />
    ),
  }),
  ...givenStates('DeploymentSection', {
    empty: <DeploymentSection deployments={[]} onStopped={nothing} />,
    data: (
      <DeploymentSection deployments={[aDeployment()]} onStopped={nothing} />
    ),
  }),
  ...givenStates('LogsSection', {
    empty: logs([]),
    data: logs(sampleEvents()),
    long: logs(sampleEvents().map(event => ({ ...event, message: LONG_TEXT }))),
  }),
  ...givenStates('TimelineSection', {
    empty: <TimelineSection events={[]} />,
    data: <TimelineSection events={sampleEvents()} />,
  }),
  ...givenStates('RecordSection', {
    empty: <RecordSection effects={[]} approvals={[]} />,
    data: <RecordSection effects={[anEffect()]} approvals={[anApproval()]} />,
    long: (
      <RecordSection
        effects={[anEffect({ status: 'failed', error: LONG_TEXT })]}
        approvals={[]}
      />
    ),
  }),
  ...givenStates('StuckEffectsTable', {
    data: stuck('The repository is still there'),
    long: stuck(LONG_TEXT),
  }),
  ...givenStates('CostTable', {
    empty: (
      <CostTable cost={{ status: 'unknown', currency: 'USD', lines: [] }} />
    ),
    data: <CostTable cost={aPlan().estimatedCost} />,
  }),
  ...givenStates('PlanTaskTable', { data: <PlanTaskTable plan={aPlan()} /> }),
  ...givenStates('RiskTable', {
    empty: <RiskTable risks={[]} />,
    data: <RiskTable risks={aPlan().risks} />,
  }),
  ...givenStates('SecretTable', {
    empty: <SecretTable label="Secrets" secrets={[]} />,
    data: <SecretTable label="Secrets" secrets={[aSecret({ due: true })]} />,
    long: (
      <SecretTable label="Secrets" secrets={[aSecret({ path: LONG_NAME })]} />
    ),
  }),
  ...givenStates('TaskPanel', {
    data: task({}),
    long: task({ status: 'failed', error: LONG_TEXT, title: LONG_NAME }),
  }),
];

import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { Entity } from '@backstage/catalog-model';
import { FakeAgenticApi } from '../../src/__fixtures__/FakeAgenticApi';
import { aHealth } from '../../src/__fixtures__/sampleAgents';
import { noStatistics } from '../../src/__fixtures__/sampleApprovals';
import {
  aDeployment,
  aSummary,
  aWorkflow,
  anArtifact,
} from '../../src/__fixtures__/sampleDomain';
import { anAccess } from '../../src/__fixtures__/sampleSecrets';
import { aSweepRun } from '../../src/__fixtures__/sampleSweeps';
import { HealthSection } from '../../src/components/agents/HealthSection';
import { StatisticsCard } from '../../src/components/approval/StatisticsCard';
import { ChangeRecordSection } from '../../src/components/audit/ChangeRecordSection';
import { EntityWorkflowCard } from '../../src/components/entity/EntityWorkflowCard';
import { FilesSection } from '../../src/components/files/FilesSection';
import { ApprovalsWidget } from '../../src/components/home/ApprovalsWidget';
import { MyWorkflowsWidget } from '../../src/components/home/MyWorkflowsWidget';
import { LimitsSection } from '../../src/components/operations/LimitsSection';
import { SweeperSection } from '../../src/components/operations/SweeperSection';
import { SecretAccessSection } from '../../src/components/secrets/SecretAccessSection';
import { loadedStates, type CardState } from './CardState';

const SERVICE: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders-api',
    annotations: { 'agentic.io/workflow-id': 'wf-1' },
  },
  spec: { type: 'service' },
};

const figures = {
  decisions: 4,
  approved: 3,
  rejected: 1,
  blindApprovals: 1,
  blindRate: 1 / 3,
  medianSecondsToDecide: 240,
};

/** Every card that loads its own data, in each of its states. */
export const loadedCards: readonly CardState[] = [
  ...loadedStates('ApprovalsWidget', <ApprovalsWidget />, {
    data: new FakeAgenticApi({ workflows: [aWorkflow()] }),
  }),
  ...loadedStates('MyWorkflowsWidget', <MyWorkflowsWidget />, {
    data: new FakeAgenticApi({ summaries: [aSummary()] }),
  }),
  ...loadedStates(
    'EntityWorkflowCard',
    <EntityProvider entity={SERVICE}>
      <EntityWorkflowCard />
    </EntityProvider>,
    {
      data: new FakeAgenticApi({
        workflows: [aWorkflow()],
        deployments: [aDeployment()],
      }),
    },
  ),
  ...loadedStates('HealthSection', <HealthSection />, {
    data: new FakeAgenticApi({ health: aHealth() }),
    empty: new FakeAgenticApi({
      health: aHealth({ checks: [], dependencies: [], runtimes: [] }),
    }),
  }),
  ...loadedStates('StatisticsCard', <StatisticsCard />, {
    data: new FakeAgenticApi({
      statistics: noStatistics({ all: figures, overdue: 2 }),
    }),
    empty: new FakeAgenticApi({ statistics: noStatistics() }),
  }),
  ...loadedStates(
    'ChangeRecordSection',
    <ChangeRecordSection workflowId="wf-1" />,
    { data: new FakeAgenticApi({ workflows: [aWorkflow()] }) },
  ),
  ...loadedStates(
    'FilesSection',
    <FilesSection workflowId="wf-1" artifacts={[anArtifact()]} />,
    { data: new FakeAgenticApi({ workflows: [aWorkflow()] }) },
  ),
  ...loadedStates('LimitsSection', <LimitsSection />, {
    data: new FakeAgenticApi({
      limits: {
        currency: 'EUR',
        items: [
          {
            scope: 'user',
            subject: 'user:default/ada.reyes',
            measure: 'money',
            period: 'day',
            used: 9.5,
            allowed: 10,
            state: 'near',
          },
        ],
      },
    }),
  }),
  ...loadedStates('SweeperSection', <SweeperSection />, {
    data: new FakeAgenticApi({ sweeps: [aSweepRun()] }),
  }),
  ...loadedStates('SecretAccessSection', <SecretAccessSection />, {
    data: new FakeAgenticApi({ secretAccess: [anAccess()] }),
  }),
];

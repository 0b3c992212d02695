import type { Entity } from '@backstage/catalog-model';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { FakeAgenticApi } from '../__fixtures__/FakeAgenticApi';
import { aDeployment, aSummary, aWorkflow } from '../__fixtures__/sampleDomain';
import { agenticApiRef } from '../api/AgenticApi';
import { entityWorkflowCard, entityWorkflowsContent } from './entityExtensions';
import { isMadeByWorkflow } from '../isMadeByWorkflow';

function aComponent(change: Partial<Entity['metadata']> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'orders-api',
      annotations: {
        'agentic.io/workflow-id': 'wf-1',
        'agentic.io/repository': 'https://git.example.com/orders-api',
      },
      ...change,
    },
    spec: { type: 'service' },
  };
}

describe('isMadeByWorkflow', () => {
  it.each([
    ['a component with the annotation', aComponent(), true],
    ['a component without it', aComponent({ annotations: {} }), false],
    ['another kind', { ...aComponent(), kind: 'API' }, false],
  ])('judges %s', (_what, entity, expected) => {
    expect(isMadeByWorkflow(entity)).toBe(expected);
  });
});

describe('entity extensions', () => {
  const open = (
    extension: typeof entityWorkflowCard | typeof entityWorkflowsContent,
    api: FakeAgenticApi,
  ) =>
    renderTestApp({
      extensions: [createTestEntityPage({ entity: aComponent() }), extension],
      apis: [[agenticApiRef, api], mockApis.permission()],
    });

  it('shows latest workflow, running deployment and repository on the card', async () => {
    open(
      entityWorkflowCard,
      new FakeAgenticApi({
        workflows: [aWorkflow({ phase: 'completed' })],
        deployments: [
          aDeployment({ deploymentId: 'old', status: 'stopped' }),
          aDeployment(),
        ],
      }),
    );
    expect(await screen.findByText('Completed')).toBeInTheDocument();
    expect(screen.getByText('Running')).toBeInTheDocument();
    expect(screen.getByText('not isolated')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /127\.0\.0\.1:4010/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /git\.example\.com/ }),
    ).toHaveAttribute('href', 'https://git.example.com/orders-api');
  });

  it('lists the workflows of this service alone in the tab', async () => {
    open(
      entityWorkflowsContent,
      new FakeAgenticApi({
        summaries: [
          aSummary(),
          aSummary({ workflowId: 'wf-2', serviceName: 'orders-api-next' }),
        ],
      }),
    );
    expect(
      await screen.findByRole('row', { name: /^orders-api / }),
    ).toBeInTheDocument();
    expect(screen.queryByText('orders-api-next')).not.toBeInTheDocument();
  });
});

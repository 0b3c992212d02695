import type { PlanVersion } from '@agentic-backstage/plugin-agentic-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { ADA, at, BEN, PLAN_HASH } from '../../__fixtures__/sampleDomain';
import { renderPage } from '../../__testUtils__/renderPage';
import { VersionComparison } from './VersionComparison';

const aVersion = (change: Partial<PlanVersion>): PlanVersion => ({
  version: 1,
  planHash: PLAN_HASH,
  createdAt: at(0),
  changedBy: ADA,
  voided: [],
  ...change,
});

const VERSIONS = [
  aVersion({}),
  aVersion({
    version: 2,
    reason: 'elsewhere first',
    voided: [
      {
        approvalId: 'a-1',
        taskId: 't4',
        title: 'Publish the repository',
        reason: 'changed',
        decisions: [
          {
            decidedBy: BEN,
            role: 'final',
            decision: 'approve',
            reason: '',
            decidedAt: at(5),
          },
        ],
      },
    ],
  }),
  aVersion({ version: 3, reason: 'now here' }),
];

const show = (api: FakeAgenticApi, version = 3) =>
  renderPage(<VersionComparison workflowId="wf-1" version={version} />, {
    api,
  });

async function choose(label: string, option: RegExp) {
  await userEvent.click(await screen.findByRole('combobox', { name: label }));
  await userEvent.click(screen.getByRole('option', { name: option }));
}

describe('VersionComparison', () => {
  it('compares the last change first, with the fields in words', async () => {
    const api = new FakeAgenticApi({ planVersions: VERSIONS });
    show(api);
    const region = await screen.findByRole('region', {
      name: 'Compare two versions of the plan',
    });
    expect(await within(region).findByText(/^Environment:/)).toHaveTextContent(
      'Environment: development → staging',
    );
    expect(region).toHaveTextContent('Version 3, ada.reyes');
    expect(region).toHaveTextContent('“now here”');
    expect(api.requestsOf('comparePlanVersions')).toEqual([
      { workflowId: 'wf-1', from: 2, to: 3 },
    ]);
  });

  it('compares any two, and says what became void on the way', async () => {
    const api = new FakeAgenticApi({ planVersions: VERSIONS });
    show(api);
    await choose('From version', /Version 1/);
    const voided = await screen.findByText(/Publish the repository/);
    expect(voided).toHaveTextContent('ben.okafor, Final approver');
    expect(api.requestsOf('comparePlanVersions')).toContainEqual({
      workflowId: 'wf-1',
      from: 1,
      to: 3,
    });
    await choose('To version', /Version 1/);
    expect(
      screen.getByText('Choose two different versions.'),
    ).toBeInTheDocument();
  });

  it('asks for nothing while there is one version', async () => {
    const api = new FakeAgenticApi();
    show(api, 1);
    expect(
      screen.queryByRole('region', { name: /Compare/ }),
    ).not.toBeInTheDocument();
    expect(api.requestsOf('listPlanVersions')).toEqual([]);
  });

  it('says why it cannot compare, and tries again', async () => {
    const api = new FakeAgenticApi({ planVersions: VERSIONS });
    api.failWith('comparePlanVersions', new Error('The database is away.'));
    show(api);
    expect(
      await screen.findByText(/The database is away\./),
    ).toBeInTheDocument();
    api.failWith('comparePlanVersions', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^Environment:/)).toBeInTheDocument();
  });
});

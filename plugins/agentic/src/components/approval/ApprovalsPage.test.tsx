import type {
  ApprovalInbox,
  ApprovalInboxItem,
} from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  aChainedApproval,
  aCriticVerdict,
  noStatistics,
} from '../../__fixtures__/sampleApprovals';
import {
  ADA,
  BEN,
  aWorkflow,
  anApproval,
} from '../../__fixtures__/sampleDomain';
import { renderPage } from '../../__testUtils__/renderPage';
import { ApprovalsPage } from './ApprovalsPage';

function anItem(
  id: string,
  change: Partial<ApprovalInboxItem> = {},
): ApprovalInboxItem {
  return {
    approval: aChainedApproval({
      approvalId: `a-${id}`,
      workflowId: `wf-${id}`,
      serviceName: `service-${id}`,
    }),
    agent: 'codegen',
    turn: 'others',
    ...change,
  };
}

const inboxOf = (
  items: ApprovalInboxItem[],
  change: Partial<ApprovalInbox> = {},
) =>
  new FakeAgenticApi({
    inbox: {
      items,
      totalItems: items.length,
      mine: items.filter(({ turn }) => turn === 'mine').length,
      ...change,
    },
  });

const cardOf = (name: RegExp) => screen.findByRole('article', { name });

describe('ApprovalsPage', () => {
  afterEach(() => window.localStorage.clear());

  it('shows what the reader can decide first, under headings that say what each has to do with them', async () => {
    renderPage(<ApprovalsPage />, {
      api: inboxOf([
        anItem('1', { turn: 'mine', role: 'final' }),
        anItem('2', { turn: 'later' }),
        anItem('3', { turn: 'requested' }),
      ]),
    });
    await cardOf(/service-1/);
    expect(
      screen
        .getAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent)
        .slice(0, 3),
    ).toEqual([
      'Yours to decide now (1)',
      'Yours after somebody else has signed (1)',
      'Asked for by you (1)',
    ]);
    expect(
      screen.getByText('1 for you to decide now; 3 open in all.'),
    ).toBeInTheDocument();
  });

  it('says what will change, why it is asked of the reader, how far it reaches and what the critic says', async () => {
    const item = anItem('1', {
      turn: 'mine',
      role: 'final',
      heldBy: 'group:default/platform-leads',
    });
    renderPage(<ApprovalsPage />, {
      api: inboxOf([
        {
          ...item,
          approval: {
            ...item.approval,
            environment: 'production',
            chain: {
              ...item.approval.chain!,
              twoPeopleBecause: ['it destroys data'],
            },
            critic: [
              aCriticVerdict({
                decision: 'needs_person',
                findings: [
                  {
                    rule: 'plan.cost',
                    decision: 'needs_person',
                    reason: 'The cost is not known',
                    remedy: 'Ask for a price.',
                  },
                ],
              }),
            ],
          },
        },
      ]),
    });
    const card = await cardOf(/service-1 to production/);
    for (const text of [
      'Would push 4 files to a new repository',
      'Why it is asked of you',
      'production asks for 2 signatures as strategic approver and final approver.',
      'You can sign as final approver, through platform-leads.',
      'Two people have to sign: it destroys data.',
      'Policy leaves it to a person: Terraform is parsed but not judged yet',
      'Creates one repository and touches no other',
      'Critic: a person should look',
      'The cost is not known',
      'by ada.reyes',
      '0 of 2',
    ]) {
      expect(card).toHaveTextContent(text);
    }
    expect(within(card).getByRole('link')).toHaveAttribute(
      'href',
      '/agentic/workflows/wf-1?tab=approval',
    );
  });

  it('offers no decision here, of one or of many', async () => {
    renderPage(<ApprovalsPage />, {
      api: inboxOf([anItem('1', { turn: 'mine' }), anItem('2')]),
    });
    await cardOf(/service-1/);
    expect(
      screen.queryByRole('button', { name: /approve|reject|all/i }),
    ).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: /select/i })).toBeNull();
  });

  it('says why somebody else has to sign', async () => {
    renderPage(<ApprovalsPage />, {
      api: inboxOf([
        anItem('1', {
          turn: 'requested',
          because:
            'You asked for this workflow, so somebody else has to decide',
        }),
      ]),
      me: ADA,
    });
    expect(await cardOf(/service-1/)).toHaveTextContent(
      'You asked for this workflow',
    );
  });

  it('narrows by environment, agent, requester and state, with counts, and keeps that in the address', async () => {
    const api = inboxOf([anItem('1')], {
      counts: {
        status: [
          { value: 'open', count: 1 },
          { value: 'rejected', count: 4 },
        ],
        environment: [{ value: 'production', count: 2 }],
        agent: [{ value: 'codegen', count: 1 }],
        requestedBy: [{ value: ADA, count: 1 }],
      },
    });
    renderPage(<ApprovalsPage />, { api, path: '/?agent=codegen' });
    await cardOf(/service-1/);
    expect(api.requestsOf('getApprovalInbox')[0]).toMatchObject({
      status: 'open',
      agent: 'codegen',
    });
    await userEvent.click(
      screen.getByRole('combobox', { name: 'Environment' }),
    );
    await userEvent.click(
      screen.getByRole('option', { name: 'production (2)' }),
    );
    await waitFor(() =>
      expect(api.requestsOf('getApprovalInbox')).toContainEqual(
        expect.objectContaining({
          agent: 'codegen',
          environment: 'production',
        }),
      ),
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'State' }));
    await userEvent.click(screen.getByRole('option', { name: 'Rejected (4)' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all that are open' }),
    );
    await waitFor(() =>
      expect(api.requestsOf('getApprovalInbox').at(-1)).toEqual({
        status: 'open',
        limit: 25,
      }),
    );
  });

  it('moves with j and k, opens with Enter as any link, and keeps quiet while somebody types or has switched it off', async () => {
    renderPage(<ApprovalsPage />, {
      api: inboxOf([anItem('1', { turn: 'mine' }), anItem('2')]),
    });
    await cardOf(/service-1/);
    const [first, second] = screen.getAllByRole('link', { name: /service-/ });
    await userEvent.keyboard('j');
    expect(first).toHaveFocus();
    await userEvent.keyboard('jj');
    expect(second).toHaveFocus();
    await userEvent.keyboard('k');
    expect(first).toHaveFocus();
    await userEvent.keyboard('?');
    const keys = await screen.findByText('next approval');
    expect(keys.closest('details')).toHaveAttribute('open');
    await userEvent.click(
      screen.getByRole('checkbox', { name: /Use these keys/ }),
    );
    await userEvent.keyboard('jj');
    expect(second).not.toHaveFocus();
  });

  it('shows more of a long list', async () => {
    const api = inboxOf(
      Array.from({ length: 25 }, (_, index) => anItem(`${index}`)),
      { totalItems: 60 },
    );
    renderPage(<ApprovalsPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    await waitFor(() =>
      expect(api.requestsOf('getApprovalInbox').at(-1)).toMatchObject({
        limit: 50,
      }),
    );
  });

  it('says what would be here when there is nothing', async () => {
    renderPage(<ApprovalsPage />, {
      api: new FakeAgenticApi({
        workflows: [
          aWorkflow({ approvals: [anApproval({ status: 'approved' })] }),
        ],
      }),
    });
    expect(
      await screen.findByText('Nothing waits for approval'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/When an agent wants to change something/),
    ).toBeInTheDocument();
  });

  it('says that it is the filters when nothing fits them', async () => {
    renderPage(<ApprovalsPage />, {
      api: new FakeAgenticApi(),
      path: '/?environment=production',
    });
    expect(
      await screen.findByText('Nothing fits these filters'),
    ).toBeInTheDocument();
  });

  it('says what is loading, and why it could not be', async () => {
    const api = new FakeAgenticApi();
    api.failWith('getApprovalInbox', new Error('The database is away.'));
    renderPage(<ApprovalsPage />, { api });
    expect(
      await screen.findByText('Could not load the approvals.'),
    ).toBeInTheDocument();
  });

  it('shows how decisions came about, blind ones among them', async () => {
    const figures = {
      decisions: 4,
      approved: 3,
      rejected: 1,
      medianSecondsToDecide: 40,
      p90SecondsToDecide: 200,
      medianSecondsLookedAt: 30,
      blindApprovals: 1,
      blindRate: 1 / 3,
    };
    renderPage(<ApprovalsPage />, {
      api: new FakeAgenticApi({
        statistics: noStatistics({
          overdue: 2,
          all: figures,
          byApprover: [{ approver: BEN, role: 'final', ...figures }],
        }),
      }),
    });
    const row = await screen.findByRole('row', { name: /ben.okafor/ });
    expect(row).toHaveTextContent('33 % (1 of 3)');
    expect(row).toHaveTextContent('3m20s');
    expect(
      screen.getByText(/2 open approvals wait longer/),
    ).toBeInTheDocument();
  });

  it('makes up no figures where nobody has decided', async () => {
    renderPage(<ApprovalsPage />, { api: new FakeAgenticApi() });
    expect(
      await screen.findByText('Nobody has decided anything in this time.'),
    ).toBeInTheDocument();
  });
});

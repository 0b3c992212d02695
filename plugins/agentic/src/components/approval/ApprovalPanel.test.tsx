import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  ADA,
  BEN,
  SCOPE_HASH,
  anApproval,
} from '../../__fixtures__/sampleDomain';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { ApprovalPanel } from './ApprovalPanel';

function openApproval(
  api: FakeAgenticApi,
  options: { me?: string; denied?: string[] } & Parameters<
    typeof anApproval
  >[0] = {},
) {
  const { me, denied, ...change } = options;
  const decided = { count: 0 };
  renderPage(
    <ApprovalPanel
      approval={anApproval(change)}
      onDecided={() => {
        decided.count += 1;
      }}
    />,
    { api, me, denied },
  );
  return decided;
}

const approve = () => screen.findByRole('button', { name: 'Approve' });
const reject = () => screen.findByRole('button', { name: 'Reject' });

describe('ApprovalPanel', () => {
  it('shows what would change, how it was judged and how it is undone', async () => {
    openApproval(new FakeAgenticApi());
    expect(
      await screen.findByText('Would push 4 files to a new repository'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('row', { name: /repository orders-api/ }),
    ).toHaveTextContent('+ create');
    expect(screen.getByText('Needs review')).toBeInTheDocument();
    expect(
      screen.getByText('Terraform is parsed but not judged yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(/in infra\/main\.tf:12/)).toBeInTheDocument();
    expect(
      screen.getByText('Delete the repository orders-api'),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Missing')).toHaveLength(2);
  });

  it('shortens long lists of changes, and shows all on demand', async () => {
    const [result] = anApproval().dryRunResults;
    const changes = Array.from({ length: 30 }, (_, index) => ({
      action: 'create' as const,
      resource: `file-${index}`,
      detail: '10 bytes',
    }));
    openApproval(new FakeAgenticApi(), {
      dryRunResults: [{ ...result, changes }],
    });
    expect(await screen.findByText('file-0')).toBeInTheDocument();
    expect(screen.queryByText('file-29')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 30 changes' }),
    );
    expect(screen.getByText('file-29')).toBeInTheDocument();
  });

  it('approves exactly the scope that was shown', async () => {
    const api = new FakeAgenticApi();
    const decided = openApproval(api, { me: BEN });
    const button = await approve();
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await waitFor(() => expect(decided.count).toBe(1));
    expect(api.requestsOf('decideApproval')).toEqual([
      {
        approvalId: 'approval-1',
        decision: 'approve',
        reason: '',
        scopeHash: SCOPE_HASH,
      },
    ]);
  });

  it('signs in the role that was chosen', async () => {
    const api = new FakeAgenticApi();
    openApproval(api, { me: BEN });
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Sign as' }),
    );
    await userEvent.click(
      screen.getByRole('option', { name: 'Final approver' }),
    );
    await userEvent.click(await approve());
    await waitFor(() =>
      expect(api.requestsOf('decideApproval')).toMatchObject([
        { role: 'final' },
      ]),
    );
  });

  it('rejects only with a reason', async () => {
    const api = new FakeAgenticApi();
    openApproval(api, { me: BEN });
    const button = await reject();
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(await screen.findByText(/Say why you reject/)).toBeInTheDocument();
    expect(api.requestsOf('decideApproval')).toEqual([]);
    await userEvent.type(screen.getByRole('textbox'), 'Wrong region');
    await userEvent.click(button);
    await waitFor(() =>
      expect(api.requestsOf('decideApproval')).toMatchObject([
        { decision: 'reject', reason: 'Wrong region' },
      ]),
    );
  });

  it.each([
    {
      fact: 'the requester, outside development',
      options: { me: ADA, denied: ['agentic.approval.decide'] },
      reason: /You requested this change/,
    },
    {
      fact: 'somebody without the permission',
      options: { me: BEN, denied: ['agentic.approval.decide'] },
      reason: /do not have the permission/,
    },
    {
      fact: 'anybody once it has expired',
      options: { me: BEN, expiresAt: '2020-01-01T00:00:00.000Z' },
      reason: /has expired/,
    },
    {
      fact: 'somebody who has already signed',
      options: {
        me: BEN,
        decisions: [
          {
            decidedBy: BEN,
            role: 'final' as const,
            decision: 'approve' as const,
            reason: '',
            decidedAt: '2026-11-20T12:01:00.000Z',
          },
        ],
      },
      reason: /You have already signed/,
    },
  ])('tells $fact why there is nothing to press', async row => {
    openApproval(new FakeAgenticApi(), row.options);
    expect(await screen.findByText(row.reason)).toBeInTheDocument();
    expect(await approve()).toBeDisabled();
    expect(await reject()).toBeDisabled();
  });

  it('lets the requester decide in development', async () => {
    openApproval(new FakeAgenticApi(), { me: ADA, environment: 'development' });
    const button = await approve();
    await waitFor(() => expect(button).toBeEnabled());
  });

  it('shows who signed, and no buttons once it is decided', async () => {
    openApproval(new FakeAgenticApi(), {
      status: 'rejected',
      decisions: [
        {
          decidedBy: BEN,
          role: 'final',
          decision: 'reject',
          reason: 'Wrong region',
          decidedAt: '2026-11-20T12:01:00.000Z',
        },
      ],
    });
    expect(await screen.findByText('ben.okafor')).toBeInTheDocument();
    expect(screen.getByText(/“Wrong region”/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('says why the backend refused, and can be tried again', async () => {
    const api = new FakeAgenticApi();
    api.failWith(
      'decideApproval',
      new AgenticRequestError({
        name: 'ConflictError',
        message: 'The plan has changed since you opened it.',
        status: 409,
      }),
    );
    const decided = openApproval(api, { me: BEN });
    await userEvent.click(await approve());
    expect(
      await screen.findByText('The plan has changed since you opened it.'),
    ).toBeInTheDocument();
    expect(decided.count).toBe(0);
    expect(await approve()).toBeEnabled();
  });
});

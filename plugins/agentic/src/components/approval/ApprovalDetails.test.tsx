import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import {
  aChainedApproval,
  aCriticVerdict,
  aRevision,
  NO_DIFFERENCE,
} from '../../__fixtures__/sampleApprovals';
import {
  ADA,
  anEffect,
  at,
  aWorkflow,
  BEN,
  CHIARA,
} from '../../__fixtures__/sampleDomain';
import { renderPage } from '../../__testUtils__/renderPage';
import { RevisionList } from '../plan/RevisionList';
import { ReviseDialog } from '../workflow/ReviseDialog';
import { ApprovalPanel } from './ApprovalPanel';
import { GateSummary } from './GateSummary';

/** A screen that shows whatever is put on it, as a browser with a very large window would. */
class LargeScreen implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly thresholds = [];
  readonly #tell: IntersectionObserverCallback;

  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }

  observe(target: Element): void {
    const entry = { isIntersecting: true, target };
    this.#tell([entry as IntersectionObserverEntry], this);
  }

  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

const show = (
  change: Parameters<typeof aChainedApproval>[0] = {},
  api = new FakeAgenticApi(),
) => {
  renderPage(
    <ApprovalPanel approval={aChainedApproval(change)} onDecided={() => {}} />,
    { api },
  );
  return api;
};

describe('ApprovalPanel', () => {
  it('says what will happen, what it was checked against, who may let it and what was seen', async () => {
    show();
    for (const name of [
      'What will happen',
      'What it was checked against',
      'Who may let it',
      'What was seen afterwards',
    ]) {
      expect(await screen.findByRole('heading', { name })).toBeInTheDocument();
    }
    expect(screen.getByText('Critic: no objection')).toBeInTheDocument();
    expect(
      screen.getByRole('note', { name: 'Outcome of git.publish' }),
    ).toHaveTextContent('Needs review');
    expect(
      screen.getByText(/Nothing has been carried out/),
    ).toBeInTheDocument();
  });

  it('says who has to sign next, and who could', async () => {
    show();
    expect(await screen.findByText(': architects')).toBeInTheDocument();
    expect(
      screen.getByText(': after the strategic approver; platform-leads'),
    ).toBeInTheDocument();
  });

  it('names the critic where it signed, and what is left', async () => {
    show({
      decisions: [
        {
          decidedBy: 'agent:critic',
          role: 'strategic',
          decision: 'approve',
          reason: 'No objection',
          decidedAt: at(14),
        },
      ],
    });
    expect(await screen.findByText(/the critic/)).toBeInTheDocument();
    expect(screen.getByText(': platform-leads')).toBeInTheDocument();
    expect(screen.getAllByText('Missing')).toHaveLength(1);
  });

  it('says why two people have to sign', async () => {
    show({
      chain: {
        ...aChainedApproval().chain!,
        twoPeopleBecause: ['postgres.drop is destructive: one database'],
      },
    });
    expect(
      await screen.findByText(/postgres.drop is destructive/),
    ).toBeInTheDocument();
  });

  it('shows what the critic objects to, with the remedy', async () => {
    show({
      critic: [
        aCriticVerdict({
          decision: 'needs_person',
          findings: [
            {
              rule: 'plan.cost',
              decision: 'needs_person',
              reason: 'What the plan costs is unknown',
              remedy: 'Give the planner a price.',
            },
          ],
        }),
      ],
    });
    expect(
      await screen.findByText('Critic: a person should look'),
    ).toBeInTheDocument();
    expect(screen.getByText('plan.cost')).toBeInTheDocument();
    expect(screen.getByText('Give the planner a price.')).toBeInTheDocument();
  });

  it('shows what has changed since the approval before', async () => {
    show({
      changedSince: {
        approvalId: 'approval-0',
        status: 'void',
        reason: 'ada changed the request: too large',
        plan: {
          ...NO_DIFFERENCE,
          intent: [
            { field: 'environment', before: 'production', after: 'staging' },
          ],
        },
        operationsAdded: ['process.deploy (t5.start)'],
        operationsRemoved: [],
        operationsChanged: [],
      },
    });
    expect(await screen.findByText(/too large/)).toBeInTheDocument();
    const before = screen.getByText('production');
    expect(before.tagName).toBe('DEL');
    expect(
      screen.getByText('New operation: process.deploy (t5.start)'),
    ).toBeInTheDocument();
  });

  it('says why it is void', async () => {
    show({ status: 'void', voidReason: 'The workflow ended: rejected' });
    expect(
      await screen.findByText(/is void: The workflow ended: rejected/),
    ).toBeInTheDocument();
  });

  it('shows what was seen of its effects afterwards', async () => {
    renderPage(
      <ApprovalPanel
        approval={aChainedApproval({ status: 'approved' })}
        effects={[
          anEffect({
            status: 'confirmed',
            readBack: {
              state: 'confirmed',
              evidence: 'commit 1a2b is on main',
              observedAt: at(60),
            },
          }),
        ]}
        onDecided={() => {}}
      />,
      { api: new FakeAgenticApi() },
    );
    expect(
      await screen.findByText(/commit 1a2b is on main/),
    ).toBeInTheDocument();
  });

  describe('on a screen', () => {
    const before = globalThis.IntersectionObserver;
    beforeEach(() => {
      globalThis.IntersectionObserver = LargeScreen;
    });
    afterEach(() => {
      globalThis.IntersectionObserver = before;
    });

    it('tells once that it was seen, and its details', async () => {
      const api = show();
      await waitFor(
        () =>
          expect(api.requestsOf('seeApproval')).toEqual([
            { approvalId: 'approval-1', details: false },
            { approvalId: 'approval-1', details: true },
          ]),
        { timeout: 4000 },
      );
    });

    it('tells nothing of one that is decided', async () => {
      const api = show({ status: 'approved' });
      await screen.findByRole('heading', { name: 'Who may let it' });
      await new Promise(resolve => setTimeout(resolve, 1200));
      expect(api.requestsOf('seeApproval')).toEqual([]);
    });
  });

  it('tells nothing where the browser cannot say what is on the screen', async () => {
    const api = show();
    await screen.findByRole('heading', { name: 'Who may let it' });
    await new Promise(resolve => setTimeout(resolve, 1200));
    expect(api.requestsOf('seeApproval')).toEqual([]);
  });
});

describe('GateSummary', () => {
  const confirmed = anEffect({
    status: 'confirmed',
    readBack: {
      state: 'confirmed',
      evidence: 'it is there',
      observedAt: at(1),
    },
  });
  const signed = {
    role: 'final' as const,
    decision: 'approve' as const,
    reason: '',
    decidedAt: at(2),
  };

  it.each([
    [
      'before anything is proposed',
      aWorkflow({ phase: 'running', approvals: [], effects: [] }),
      [
        /Next: Deploy to staging/,
        /Nothing to check yet/,
        /Nobody has been asked yet/,
        /Nothing has been carried out/,
      ],
    ],
    [
      'while people are asked',
      aWorkflow({ approvals: [aChainedApproval()] }),
      [
        /1 operation, once approved/,
        /Policy: 1 for a person to review/,
        /Waits for Strategic approver \(architects\) and Final approver/,
        /Nothing has been carried out/,
      ],
    ],
    [
      'once it is approved',
      aWorkflow({
        phase: 'running',
        approvals: [
          aChainedApproval({
            status: 'approved',
            decisions: [
              { ...signed, decidedBy: CHIARA, role: 'strategic' },
              { ...signed, decidedBy: BEN },
            ],
          }),
        ],
      }),
      [
        /1 operation that is approved/,
        /Policy/,
        /Approved by chiara.rossi and ben.okafor/,
        /Nothing has been/,
      ],
    ],
    [
      'at the end',
      aWorkflow({
        phase: 'completed',
        effects: [confirmed],
        approvals: [
          aChainedApproval({
            status: 'approved',
            decisions: [{ ...signed, decidedBy: BEN }],
          }),
        ],
      }),
      [/Nothing more/, /Policy/, /Approved by ben.okafor/, /1 confirmed/],
    ],
  ])('answers the four questions %s', async (_when, workflow, texts) => {
    renderPage(<GateSummary workflow={workflow} />, {
      api: new FakeAgenticApi(),
    });
    for (const text of texts) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
  });
});

describe('ReviseDialog', () => {
  it('sends what was changed and nothing else, bound to the plan that was shown', async () => {
    const api = new FakeAgenticApi();
    const workflow = aWorkflow();
    const done = { count: 0 };
    renderPage(
      <ReviseDialog
        workflow={workflow}
        onRevised={() => {
          done.count += 1;
        }}
        onClose={() => {}}
      />,
      { api, me: ADA },
    );
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Change request' });
    expect(submit).toBeDisabled();
    const port = dialog.getByRole('spinbutton', { name: 'Port' });
    await userEvent.clear(port);
    await userEvent.type(port, '4020');
    expect(submit).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /^Reason/ }),
      'The port is taken',
    );
    await userEvent.click(submit);
    await waitFor(() => expect(done.count).toBe(1));
    expect(api.requestsOf('reviseWorkflow')).toEqual([
      {
        workflowId: 'wf-1',
        planHash: workflow.plan.planHash,
        parameters: { port: 4020 },
        reason: 'The port is taken',
      },
    ]);
  });
});

describe('RevisionList', () => {
  it('shows who changed what, and why', async () => {
    renderPage(<RevisionList revisions={[aRevision()]} />, {
      api: new FakeAgenticApi(),
    });
    expect(await screen.findByText('ada.reyes')).toBeInTheDocument();
    expect(screen.getByText(/The wrong environment/)).toBeInTheDocument();
    expect(screen.getByText('development')).toBeInTheDocument();
  });
});

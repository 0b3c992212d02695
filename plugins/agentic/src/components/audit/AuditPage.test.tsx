import type { AuditEntry } from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { AuditPage } from './AuditPage';

function anEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    chain: 'wf-1',
    seq: 1,
    kind: 'request.received',
    actor: 'user:default/ada',
    subject: 'workflow:wf-1',
    at: '2026-01-01T12:00:00.000Z',
    payloadDigest: 'a'.repeat(64),
    previous: '0'.repeat(64),
    hash: 'b'.repeat(64),
    serviceName: 'orders-api',
    environment: 'staging',
    payload: { salt: 'c'.repeat(32), value: { wish: 'a service' } },
    ...change,
  };
}

const SIGNED = anEntry({
  seq: 2,
  kind: 'approval.signed',
  actor: 'user:default/ben',
  subject: 'approval:a-1',
});
const OF_SYSTEM = anEntry({
  chain: 'system',
  kind: 'audit.exported',
  serviceName: undefined,
  environment: undefined,
});

describe('AuditPage', () => {
  const saved: string[] = [];
  beforeEach(() => {
    saved.length = 0;
    URL.createObjectURL = () => 'blob:audit';
    URL.revokeObjectURL = () => undefined;
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it('lists entries with a link to the workflow, and none for the system', async () => {
    const api = new FakeAgenticApi({ audit: [SIGNED, OF_SYSTEM] });
    renderPage(<AuditPage />, { api });
    const link = await screen.findByRole('link', { name: 'orders-api' });
    expect(link).toHaveAttribute('href', '/agentic/workflows/wf-1');
    const row = screen.getByRole('row', { name: /audit\.exported/ });
    expect(within(row).getByText('none')).toBeInTheDocument();
    expect(within(row).queryByRole('link')).not.toBeInTheDocument();
  });

  it('shows an entry with its payload and whether its record is intact', async () => {
    const api = new FakeAgenticApi({ audit: [anEntry()] });
    renderPage(<AuditPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /Show request\.received/ }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'request.received',
    });
    expect(within(dialog).getByLabelText('Payload')).toHaveTextContent(
      '"wish": "a service"',
    );
    expect(
      await within(dialog).findByText(/Verified: 12 entries/),
    ).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('opens the entry that the address names, and says when and why a payload is gone', async () => {
    const erased = {
      erased: {
        at: '2026-02-01T12:00:00.000Z',
        reason: 'asked for by the person',
        entry: 9,
      },
    };
    const api = new FakeAgenticApi({ audit: [anEntry({ payload: erased })] });
    renderPage(<AuditPage />, { api, path: '/?entry=wf-1%2F1' });
    expect(
      await screen.findByText(/asked for by the person \(entry 9\)/),
    ).toBeInTheDocument();
  });

  it('takes its filters from the address and verifies the workflow it is narrowed to', async () => {
    const api = new FakeAgenticApi({
      audit: [SIGNED],
      verification: {
        status: 'broken',
        problems: [
          { code: 'changed_entry', seq: 2, message: 'Entry 2 was changed' },
        ],
      },
    });
    renderPage(<AuditPage />, { api, path: '/?workflow=wf-1&kind=approval' });
    expect(await screen.findByText('Entry 2 was changed')).toBeInTheDocument();
    expect(screen.getByText('Broken')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Workflow' })).toHaveValue(
      'wf-1',
    );
    expect(api.requestsOf('searchAudit')[0]).toMatchObject({
      workflow: 'wf-1',
      kind: 'approval',
    });
  });

  it('narrows by kind and exports what is shown', async () => {
    const api = new FakeAgenticApi({ audit: [anEntry(), SIGNED] });
    renderPage(<AuditPage />, { api });
    await screen.findByText('request.received');
    await userEvent.click(screen.getByRole('combobox', { name: 'Kind' }));
    await userEvent.click(screen.getByRole('option', { name: 'approval' }));
    await waitFor(() =>
      expect(screen.queryByText('request.received')).not.toBeInTheDocument(),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).toEqual(['audit.csv']));
    expect(api.requestsOf('exportAudit')[0]).toMatchObject({
      kind: 'approval',
      format: 'csv',
    });
  });

  it('says why an export failed', async () => {
    const api = new FakeAgenticApi({ audit: [SIGNED] });
    api.failWith('exportAudit', new Error('the database is away'));
    renderPage(<AuditPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export JSON lines' }),
    );
    expect(await screen.findByText('the database is away')).toBeInTheDocument();
    expect(saved).toEqual([]);
  });

  it('turns pages to older entries and back', async () => {
    const api = new FakeAgenticApi({
      audit: Array.from({ length: 60 }, (_, index) =>
        anEntry({ seq: 60 - index, subject: `task:${60 - index}` }),
      ),
    });
    renderPage(<AuditPage />, { api });
    expect(await screen.findByText('task:60')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('task:1')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Newer' }));
    expect(await screen.findByText('task:60')).toBeInTheDocument();
  });

  it.each([
    ['', 'No entries yet'],
    ['?actor=nobody', 'No entry matches'],
  ])('says that there is nothing (address %j)', async (path, words) => {
    renderPage(<AuditPage />, { api: new FakeAgenticApi(), path: `/${path}` });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('says that access is denied', async () => {
    const api = new FakeAgenticApi();
    api.failWith(
      'searchAudit',
      new AgenticRequestError({
        name: 'NotAllowedError',
        message: 'Reading the audit log is not allowed.',
        status: 403,
      }),
    );
    renderPage(<AuditPage />, { api });
    expect(
      await screen.findByText('You may not see the audit log'),
    ).toBeInTheDocument();
  });
});

import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { ChangeRecordSection } from './ChangeRecordSection';

describe('ChangeRecordSection', () => {
  const saved: string[] = [];
  beforeEach(() => {
    saved.length = 0;
    URL.createObjectURL = () => 'blob:record';
    URL.revokeObjectURL = () => undefined;
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it('says that the record is intact, and saves it', async () => {
    const api = new FakeAgenticApi();
    renderPage(<ChangeRecordSection workflowId="wf-1" />, { api });
    expect(await screen.findByText(/Verified: 12 entries/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Download the record' }),
    );
    await waitFor(() => expect(saved).toEqual(['record-wf-1.json']));
    expect(
      screen.getByRole('button', { name: 'Show all entries' }),
    ).toHaveAttribute('href', '/agentic/audit?workflow=wf-1');
  });

  it('says what failed when the record cannot be had', async () => {
    const api = new FakeAgenticApi();
    api.failWith('getRecord', new Error('the connection was lost'));
    renderPage(<ChangeRecordSection workflowId="wf-1" />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download the record' }),
    );
    expect(
      await screen.findByText('the connection was lost'),
    ).toBeInTheDocument();
  });

  it('is not there for those who may not read records', async () => {
    const api = new FakeAgenticApi();
    renderPage(
      <>
        <ChangeRecordSection workflowId="wf-1" />
        <p>The rest of the page</p>
      </>,
      { api, denied: ['agentic.audit.read'] },
    );
    expect(await screen.findByText('The rest of the page')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByText('Change record')).not.toBeInTheDocument(),
    );
    expect(api.requestsOf('verifyChain')).toEqual([]);
  });
});

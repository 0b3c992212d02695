import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { anArtifact } from '../../__fixtures__/sampleDomain';
import { FilesSection } from './FilesSection';

function openFiles(api: FakeAgenticApi) {
  renderPage(<FilesSection workflowId="wf-1" artifacts={[anArtifact()]} />, {
    api,
  });
}

const choose = async (name: RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('FilesSection', () => {
  it('shows a new file with line numbers', async () => {
    const api = new FakeAgenticApi({
      files: { 'src/server.ts': { content: 'one\ntwo\n' } },
    });
    openFiles(api);
    await choose(/server\.ts/);
    const content = await screen.findByRole('region', {
      name: 'Content of src/server.ts',
    });
    const rows = within(content).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual(['1one', '2two']);
    expect(screen.getByText('New file')).toBeInTheDocument();
    expect(api.requestsOf('getFile')).toEqual([
      { workflowId: 'wf-1', artifactId: 'artifact-1', path: 'src/server.ts' },
    ]);
  });

  it('shows what changed against the repository, and the content on demand', async () => {
    openFiles(
      new FakeAgenticApi({
        files: {
          'package.json': { content: 'a\nB\n', previousContent: 'a\nb\n' },
        },
      }),
    );
    await choose(/package\.json/);
    const changes = await screen.findByRole('region', {
      name: 'Changes of package.json',
    });
    const kinds = within(changes)
      .getAllByRole('row')
      .map(row => row.getAttribute('data-kind'));
    expect(kinds).toEqual(['same', 'removed', 'added']);
    await userEvent.click(screen.getByRole('button', { name: 'Content' }));
    const content = await screen.findByRole('region', {
      name: 'Content of package.json',
    });
    expect(within(content).getAllByRole('row')).toHaveLength(2);
  });

  it('says when a file is the same as before', async () => {
    openFiles(
      new FakeAgenticApi({
        files: { 'README.md': { content: 'a\n', previousContent: 'a\n' } },
      }),
    );
    await choose(/README\.md/);
    expect(
      await screen.findByText('The file is the same as in the repository.'),
    ).toBeInTheDocument();
  });

  it('folds folders away', async () => {
    openFiles(new FakeAgenticApi());
    const folder = await screen.findByRole('button', { name: 'src' });
    expect(folder).toHaveAttribute('aria-expanded', 'true');
    await userEvent.click(folder);
    expect(folder).toHaveAttribute('aria-expanded', 'false');
  });

  it('says why a file could not be read', async () => {
    const api = new FakeAgenticApi();
    api.failWith('getFile', new Error('It was deleted by retention'));
    openFiles(api);
    await choose(/README\.md/);
    expect(
      await screen.findByText('Could not load README.md.'),
    ).toBeInTheDocument();
  });
});

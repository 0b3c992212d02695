import {
  type Agent,
  agenticAgentsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  agentContext,
  MemoryArtifactStore,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { startTestBackend } from '@backstage/backend-test-utils';
import agenticModuleDocsReview, { docsReviewAgent } from './index';

async function review(readme: string | undefined, sections?: string[]) {
  const artifacts = new MemoryArtifactStore();
  await artifacts.save({
    name: 'repository',
    files: [
      { path: 'package.json', content: '{}' },
      ...(readme === undefined ? [] : [{ path: 'README.md', content: readme }]),
    ],
  });
  const input = docsReviewAgent.input.parse({ sections });
  return docsReviewAgent.execute(agentContext({ input, artifacts }));
}

describe('docsReviewAgent', () => {
  it.each([
    ['# A\n\n## Run\n\n## Test\n\n### Configuration\n', []],
    ['# A\n\n## Run\n', ['Test', 'Configuration']],
    ['Run, Test and Configuration', ['Run', 'Test', 'Configuration']],
    [undefined, ['Run', 'Test', 'Configuration']],
  ])('says of %j that %j is missing', async (readme, missing) => {
    expect(await review(readme)).toEqual({ missing });
  });

  it('looks for the sections it is asked for', async () => {
    expect(await review('## Run\n', ['Run', 'Owners'])).toEqual({
      missing: ['Owners'],
    });
  });

  it('registers through the extension point', async () => {
    const agents: Agent[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          agenticAgentsExtensionPoint,
          {
            addAgent: (...added) => void agents.push(...added),
            addInactiveAgent: () => {},
          },
        ],
      ],
      features: [agenticModuleDocsReview],
    });
    await backend.stop();
    expect(agents).toEqual([docsReviewAgent]);
  });
});

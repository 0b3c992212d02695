import {
  type Agent,
  agenticAgentsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  agentContext,
  MemoryArtifactStore,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { docsReviewAgent } from './docsReviewAgent';

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

  it('comes in by the door of the built-in agents', async () => {
    const agents: Agent[] = [];
    const agenticModuleDocsReview = createBackendModule({
      pluginId: 'agentic',
      moduleId: 'docs-review',
      register(reg) {
        reg.registerInit({
          deps: { agents: agenticAgentsExtensionPoint },
          async init(deps) {
            deps.agents.addAgent(docsReviewAgent);
          },
        });
      },
    });
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

import {
  agentContext,
  agentContract,
  MemoryArtifactStore,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { starterIdAgent } from './starterIdAgent';

async function made(...paths: string[]): Promise<MemoryArtifactStore> {
  const artifacts = new MemoryArtifactStore({ agent: 'codegen' });
  if (paths.length > 0) {
    await artifacts.save({
      name: 'repository',
      files: paths.map(path => ({ path, content: '' })),
    });
  }
  return artifacts;
}

agentContract({
  agent: starterIdAgent,
  invalidInputs: {
    'nothing that is wanted': { wanted: [] },
    'what is no path': { wanted: [''] },
    'unknown fields': { wanted: ['README.md'], extra: true },
  },
  tasks: {
    'a workflow that made files': async () => ({
      input: { wanted: ['README.md'] },
      artifacts: await made('README.md', 'src/main.ts'),
    }),
    'a workflow that made nothing': async () => ({
      input: { wanted: ['README.md'] },
      artifacts: await made(),
    }),
  },
});

describe('starterIdAgent', () => {
  it('names what is missing, and says so in the history', async () => {
    const context = agentContext({
      agent: starterIdAgent,
      input: { wanted: ['README.md', 'LICENSE'] },
      artifacts: await made('README.md'),
    });
    expect(await starterIdAgent.execute(context)).toEqual({
      files: 1,
      missing: ['LICENSE'],
    });
    expect(context.log.text).toContain('LICENSE');
  });
});

import {
  agentContext,
  agentContract,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { runbookAgent } from './runbookAgent';
import type { RunbookInput } from './schema';

const DEPLOYED = {
  agent: 'deployment',
  output: { status: 'success', url: 'http://127.0.0.1:9001', version: '0.1.0' },
};
const FILE = '/runbooks/user-service.md';
const aTask = () => ({
  input: { contact: '#shop-on-call' } satisfies RunbookInput,
  outputs: { t4: DEPLOYED },
  effects: { write: { tool: 'runbook.write', result: { file: FILE } } },
});

agentContract({
  agent: runbookAgent,
  invalidInputs: {
    'nobody to call': {},
    'an empty contact': { contact: '' },
    'unknown fields': { contact: 'a', extra: true },
  },
  tasks: {
    'a service that was deployed': aTask,
    'a service whose address nobody knows': () => ({
      ...aTask(),
      outputs: { t4: { agent: 'deployment', output: { status: 'unknown' } } },
    }),
  },
});

describe('runbookAgent', () => {
  it('keeps the very page that it proposes to write', async () => {
    const context = agentContext({ agent: runbookAgent, ...aTask() });
    const [{ params }] = await runbookAgent.plan!(context);
    const output = await runbookAgent.execute(context);
    expect(output).toMatchObject({ file: FILE, status: 'confirmed' });
    expect(await context.artifacts.files(output.artifactId)).toEqual([
      { path: 'user-service.md', content: params.text },
    ]);
    expect(params.text).toContain('`http://127.0.0.1:9001/health`');
    expect(params.text).toContain('- **Call**: \\#shop-on-call');
  });

  it('says unknown when nobody has seen the page', async () => {
    const context = agentContext({
      agent: runbookAgent,
      ...aTask(),
      effects: { write: { status: 'unknown', result: { file: FILE } } },
    });
    expect(await runbookAgent.execute(context)).toMatchObject({
      status: 'unknown',
    });
  });

  it('refuses to write about what was not deployed', async () => {
    const context = agentContext({
      agent: runbookAgent,
      ...aTask(),
      outputs: {},
    });
    await expect(runbookAgent.plan!(context)).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it.each([
    [true, 'healthy'],
    [false, 'unhealthy'],
  ])('looks whether the page is still there: %s', async (exists, status) => {
    const context = agentContext({
      agent: runbookAgent,
      ...aTask(),
      tools: { 'runbook.read': () => ({ exists }) },
    });
    expect(await runbookAgent.monitor!(context)).toMatchObject({ status });
  });
});

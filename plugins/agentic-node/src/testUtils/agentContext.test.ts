import { z } from 'zod';
import { createAgent, type Agent } from '../agents';
import { agentContext } from './agentContext';
import { MemoryArtifactStore } from './MemoryArtifactStore';

const nothing = createAgent({
  id: 'nothing',
  title: 'Nothing',
  description: 'Has declared nothing.',
  version: '1.0.0',
  input: z.object({}),
  output: z.object({}),
  emits: [],
  tools: [],
  execute: async () => ({}),
});
const everything: Agent = createAgent({
  ...nothing,
  id: 'everything',
  lane: 'execute',
  permissions: ['artifacts.write'],
  emits: ['codegen.completed'],
  tools: ['ticket.read', 'ticket.create'],
});
const files = [{ path: 'a', content: 'b' }];
const contextOf = (agent: Agent | undefined) =>
  agentContext({
    agent,
    input: {},
    tools: { 'ticket.read': () => ({ state: 'open' }) },
    effects: { create: { tool: 'ticket.create' } },
  });
type Context = ReturnType<typeof contextOf>;

const deeds: Array<[string, (context: Context) => unknown, RegExp]> = [
  [
    'calling a tool',
    context => context.tools.read('ticket.read', { key: 'A-1' }),
    /Agent 'nothing' has not declared tool 'ticket.read'/,
  ],
  [
    'applying an effect',
    context => context.effects.apply('create'),
    /Agent 'nothing' is in lane read_only/,
  ],
  [
    'saving files',
    context => context.artifacts.save({ name: 'a', files }),
    /Agent 'nothing' has not declared that it saves files/,
  ],
  [
    'publishing an event',
    async context =>
      context.emit('codegen.completed', {
        workflow_id: 'wf-1',
        task_id: 't1',
        service_name: 'user-service',
        artifact_id: 'a',
        files: 1,
      }),
    /Agent 'nothing' has not declared event 'codegen.completed'/,
  ],
];

describe('agentContext', () => {
  it.each(deeds)(
    'refuses %s to an agent that has not declared it, and remembers it',
    async (_, deed, message) => {
      const context = contextOf(nothing);
      await expect(deed(context)).rejects.toThrow(message);
      expect(context.refused).toEqual([expect.stringMatching(message)]);
    },
  );

  it.each(deeds)('allows %s to an agent that has', async (_, deed) => {
    const context = contextOf(everything);
    await deed(context);
    expect(context.refused).toEqual([]);
  });

  it('records what was done', async () => {
    const context = contextOf(everything);
    for (const [, deed] of deeds) {
      await deed(context);
    }
    expect(context.reads).toEqual([
      { tool: 'ticket.read', params: { key: 'A-1' } },
    ]);
    expect(context.applied).toEqual(['create']);
    expect(context.emitted.map(({ type }) => type)).toEqual([
      'codegen.completed',
    ]);
    expect(await context.artifacts.list()).toHaveLength(1);
  });

  it('refuses an effect of a tool that the agent has not declared', async () => {
    const context = contextOf({ ...everything, tools: [] });
    await expect(context.effects.apply('create')).rejects.toThrow(
      /has not declared tool 'ticket.create'/,
    );
  });

  it('keeps files in the name of the task and its agent', async () => {
    const context = agentContext({
      agent: everything,
      input: {},
      task: { taskId: 't5' },
      artifacts: new MemoryArtifactStore({ taskId: 't1' }),
    });
    expect(await context.artifacts.save({ name: 'a', files })).toMatchObject({
      taskId: 't5',
      provenance: { agent: 'everything' },
    });
  });

  it('shows the agent what the test has put there', async () => {
    const artifacts = new MemoryArtifactStore();
    const { artifactId } = await artifacts.save({ name: 'a', files });
    const context = agentContext({ agent: nothing, input: {}, artifacts });
    expect(await context.artifacts.files(artifactId)).toEqual(files);
  });
});

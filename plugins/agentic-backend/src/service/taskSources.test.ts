import {
  createAgent,
  type AddedTask,
} from '@agentic-backstage/plugin-agentic-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { Registry } from '../runtime/Registry';

jest.setTimeout(60_000);

const seen: string[] = [];
const reviewer = createAgent({
  id: 'reviewer',
  title: 'Reviewer',
  description: 'Reviews what was made.',
  version: '1.0.0',
  input: z.object({ word: z.string() }).strict(),
  output: z.object({ upstream: z.array(z.string()) }),
  emits: [],
  tools: [],
  async execute({ input, outputs, workflow }) {
    seen.push(`${workflow.workflowId} ${input.word}`);
    return { upstream: [...outputs.keys()] };
  },
});
const review: AddedTask = {
  agent: 'reviewer',
  title: 'Review it',
  after: ['maker'],
  input: { word: 'look' },
  estimatedSeconds: 1,
};

describe('a source of tasks', () => {
  const databases = testDatabases();
  let host: TestHost | undefined;

  const startWith = async (...tasks: AddedTask[]) => {
    host = await createTestHost({
      knex: await databases.open(databases.names[0]),
      world: new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-source-'))),
      extend: registry => {
        registry.addAgent(reviewer);
        registry.addTaskSource({ id: 'reviews', tasksFor: () => tasks });
      },
    });
    return host;
  };
  afterEach(async () => {
    await host?.shutdown();
    host = undefined;
  });

  it('has its agent do a task after those it waits for', async () => {
    const { create, reaches, approve, statuses } = await startWith(review);
    const id = await create({});
    await reaches(id, 'awaiting_approval');
    expect(await statuses(id)).toMatchObject({ t5: 'pending' });
    await approve(id);
    await reaches(id, 'completed');
    expect(await statuses(id)).toMatchObject({ t5: 'completed' });
    expect(seen).toEqual([`${id} look`]);
  });

  it.each([
    ['an input that its agent does not take', { input: {} }, /does not take/],
    ['an agent that nobody has registered', { agent: 'nobody' }, /'nobody'/],
  ])('makes no plan with %s', async (_, change, message) => {
    const { create } = await startWith({ ...review, ...change });
    await expect(create({})).rejects.toThrow(message);
  });

  it('has an id of its own', () => {
    const registry = new Registry();
    const source = { id: 'reviews', tasksFor: () => [] };
    registry.addTaskSource(source);
    expect(() => registry.addTaskSource(source)).toThrow(
      /'reviews' is registered already/,
    );
  });
});

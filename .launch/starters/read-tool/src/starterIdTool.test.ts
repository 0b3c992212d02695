import {
  readOnlyToolContract,
  toolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createStarterIdTool } from './starterIdTool';

async function aWorld() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'starter-id-'));
  await writeFile(path.join(folder, 'there.md'), 'A note.\n');
  return {
    tool: createStarterIdTool({ folder }),
    params: { name: 'there' },
    context: toolContext(),
    observe: async () =>
      Promise.all(
        (await readdir(folder)).map(async name => [
          name,
          await readFile(path.join(folder, name), 'utf8'),
        ]),
      ),
    tearDown: () => rm(folder, { recursive: true }),
  };
}

readOnlyToolContract({
  name: 'starter.id',
  setUp: aWorld,
  invalidParams: {
    'no name': {},
    'a way out of the folder': { name: '../there' },
    'unknown fields': { name: 'there', extra: true },
  },
});

describe('starter.id', () => {
  it.each([
    ['there', { exists: true, text: 'A note.\n' }],
    ['absent', { exists: false }],
  ])('answers for the note %s', async (name, answer) => {
    const { tool, context, tearDown } = await aWorld();
    expect(await tool.read({ name }, context)).toEqual(answer);
    await tearDown();
  });

  it('stops when the task is aborted', async () => {
    const { tool, params, tearDown } = await aWorld();
    const context = toolContext({ signal: AbortSignal.abort() });
    await expect(tool.read(params, context)).rejects.toMatchObject({
      name: 'AbortError',
    });
    await tearDown();
  });
});

import {
  effectToolContract,
  toolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createStarterIdTool } from './starterIdTool';

async function aWorld() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'starter-id-'));
  return {
    tool: createStarterIdTool({ folder }),
    params: { name: 'release', text: 'Version 2 is out.' },
    context: toolContext(),
    // Everything that is in the folder, read without the tool.
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

effectToolContract({
  name: 'starter.id',
  setUp: aWorld,
  invalidParams: {
    'no text': { name: 'release' },
    'a way out of the folder': { name: '../release', text: 'a' },
    'unknown fields': { name: 'release', text: 'a', extra: true },
  },
});

describe('starter.id', () => {
  const other = toolContext({ idempotencyKey: 'wf-2.t1.main' });

  it("neither replaces nor removes somebody else's note", async () => {
    const { tool, params, context, observe, tearDown } = await aWorld();
    await tool.execute(params, other);
    const theirs = await observe();

    expect(await tool.validate(params, context)).toEqual([
      expect.objectContaining({ field: 'name' }),
    ]);
    await expect(tool.execute(params, context)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'absent',
    });
    expect(await tool.rollback(params, undefined, context)).toMatchObject({
      state: 'absent',
    });
    expect(await observe()).toEqual(theirs);
    await tearDown();
  });
});

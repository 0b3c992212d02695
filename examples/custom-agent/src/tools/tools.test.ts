import {
  effectToolContract,
  readOnlyToolContract,
  toolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RunbookFolder } from './RunbookFolder';
import { createRunbookReadTool } from './runbookReadTool';
import { createRunbookWriteTool } from './runbookWriteTool';

const text = '# user-service\n\nCall the owner.\n';

async function aWorld() {
  const place = await mkdtemp(path.join(os.tmpdir(), 'runbooks-'));
  const folder = new RunbookFolder(place);
  return {
    place,
    folder,
    context: toolContext(),
    tool: createRunbookWriteTool(folder),
    params: { serviceName: 'user-service', text },
    // Everything that is in the folder, read without the tools.
    observe: async () =>
      Promise.all(
        (await readdir(place)).map(async name => [
          name,
          await readFile(path.join(place, name), 'utf8'),
        ]),
      ),
    tearDown: () => rm(place, { recursive: true }),
  };
}

effectToolContract({
  name: 'runbook.write',
  setUp: aWorld,
  invalidParams: {
    'no text': { serviceName: 'user-service' },
    'a way out of the folder': { serviceName: '../user-service', text },
    'unknown fields': { serviceName: 'user-service', text, extra: true },
  },
});

readOnlyToolContract({
  name: 'runbook.read',
  invalidParams: {
    'no name': {},
    'a way out of the folder': { serviceName: '../user-service' },
  },
  async setUp() {
    const world = await aWorld();
    await world.folder.write('user-service', text, 'wf-0.t7.write');
    return {
      ...world,
      tool: createRunbookReadTool(world.folder),
      params: { serviceName: 'user-service' },
    };
  },
});

describe('runbook.write', () => {
  it.each([
    ['by hand', '# Mine\n'],
    ['by another workflow', `${text}\n<!-- written by wf-0.t7.write -->\n`],
  ])('leaves alone a page that was written %s', async (_, theirs) => {
    const { tool, params, context, place, observe, tearDown } = await aWorld();
    await writeFile(path.join(place, 'user-service.md'), theirs);
    const before = await observe();

    expect(await tool.validate(params, context)).toHaveLength(1);
    await expect(tool.execute(params, context)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    const states = [
      await tool.readBack(params, undefined, context),
      await tool.rollback(params, undefined, context),
    ].map(({ state }) => state);
    expect(states).toEqual(['absent', 'absent']);
    expect(await observe()).toEqual(before);
    await tearDown();
  });

  it('does not confirm a page that somebody has changed', async () => {
    const { tool, params, context, folder, tearDown } = await aWorld();
    await tool.execute(params, context);
    await folder.write('user-service', 'other', context.idempotencyKey);
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'unknown',
    });
    await tearDown();
  });
});

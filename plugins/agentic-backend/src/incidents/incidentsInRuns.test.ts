import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BEN,
  createTestHost,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld, type SampleFaults } from '../__testUtils__/sampleWorld';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.names)('incidents of running work on %s', name => {
  let knex: Knex;
  let world: SampleWorld;
  let test: TestHost;

  const start = async (faults: SampleFaults) => {
    knex = await databases.open(name);
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-incident-')));
    test = await createTestHost({ knex, world, faults });
  };
  afterEach(() => test.shutdown());

  const incidents = async () =>
    (
      await test.host.incidents.service.page({
        filter: {},
        limit: 10,
        toCursor: ({ id }) => id,
      })
    ).items;

  it('opens one when nobody knows whether an effect was carried out, also by a process started later', async () => {
    await start({ lookAs: () => 'unknown' });
    const workflowId = await test.create({});
    await test.reaches(workflowId, 'awaiting_approval');
    await test.approve(workflowId);
    await test.reaches(workflowId, 'rolled_back');
    // The process that saw it ends before it looked for incidents.
    await test.shutdown();
    test = await createTestHost({ knex, world });
    await test.host.incidents.detect();
    const found = await incidents();
    expect(found).toContainEqual(
      expect.objectContaining({
        source: 'effect_unknown',
        serviceName: 'sample-service',
        environment: 'staging',
        status: 'open',
        links: expect.objectContaining({ workflowId }),
      }),
    );
    await test.host.incidents.detect();
    expect(await incidents()).toEqual(found);
  });

  it('opens one when agents are stopped with work in flight', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>(resolve => (arrived = resolve));
    let open = () => {};
    const opening = new Promise<void>(resolve => (open = resolve));
    await start({
      beforeMake: async () => {
        arrived();
        await opening;
      },
    });
    const workflowId = await test.create({});
    await test.reaches(workflowId, 'awaiting_approval');
    await test.approve(workflowId);
    await arrival;
    await test.host.killSwitch.engage({
      agent: 'maker',
      by: BEN.userEntityRef,
      reason: 'a key leaked',
    });
    await test.host.incidents.detect();
    expect(await incidents()).toEqual([
      expect.objectContaining({
        source: 'agents_stopped',
        title: 'Agent maker stopped with work in flight',
        severity: 'medium',
        links: { agent: 'maker' },
      }),
    ]);
    open();
    await test.host.killSwitch.release(
      { agent: 'maker', reason: 'it was changed' },
      BEN,
    );
  });
});

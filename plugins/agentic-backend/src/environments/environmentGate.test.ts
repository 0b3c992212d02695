import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { testEnvironments } from '../__testUtils__/testEnvironments';

jest.setTimeout(120_000);

const databases = testDatabases();
const TEAM = {
  ...testEnvironments,
  staging: {
    ...testEnvironments.staging,
    requesters: ['group:default/team-payments'],
  },
};
const ADA = 'user:default/ada';

describe('the gate of environments', () => {
  async function aHost(memberships: () => readonly string[] | undefined) {
    const world = new SampleWorld(
      mkdtempSync(path.join(tmpdir(), 'agentic-environment-')),
    );
    const test = await createTestHost({
      knex: await databases.open('SQLite'),
      world,
      config: { environments: TEAM },
      memberships: { of: async () => memberships() },
    });
    return { ...test, world };
  }

  it.each([
    ['who left the team after the approval was asked for', [ADA]],
    ['who changed to another team', [ADA, 'group:default/team-search']],
  ])('changes nothing for a requester %s', async (_who, later) => {
    let now: readonly string[] = [ADA, 'group:default/team-payments'];
    const { create, reaches, approve, host, world, shutdown } = await aHost(
      () => now,
    );
    const id = await create({});
    await reaches(id, 'awaiting_approval');
    now = later;
    await approve(id);
    await reaches(id, 'failed');
    expect((await host.store.row(id))?.error).toContain(
      "Work in 'staging' is asked for by group:default/team-payments",
    );
    expect(world.has('repo')).toBe(false);
    await shutdown();
  });

  it.each([
    ['is still in the team', [ADA, 'group:default/team-payments']],
    ['is not in the catalog and came with the group', undefined],
  ])('lets work go on for a requester who %s', async (_who, groups) => {
    const { create, reaches, approve, world, shutdown } = await aHost(
      () => groups,
    );
    const id = await create({});
    await reaches(id, 'awaiting_approval');
    await approve(id);
    await reaches(id, 'completed');
    expect(world.has('repo')).toBe(true);
    await shutdown();
  });

  it('refuses the request itself of somebody outside', async () => {
    const { host, shutdown } = await aHost(() => undefined);
    await expect(
      host.workflows.create(
        {
          template: 'sample',
          dryRun: false,
          parameters: { serviceName: 'a-service', environment: 'staging' },
        },
        { userEntityRef: 'user:default/eve', ownershipEntityRefs: [] },
      ),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      problems: [{ field: 'parameters.environment' }],
    });
    await shutdown();
  });
});

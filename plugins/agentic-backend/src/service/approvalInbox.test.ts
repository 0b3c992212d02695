import { ApprovalInboxQuery } from '@agentic-backstage/plugin-agentic-common';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADA,
  BEN,
  CHIARA,
  createTestHost,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';

jest.setTimeout(60_000);

describe('approvalInbox', () => {
  const databases = testDatabases();

  describe.each(databases.names)('on %s', name => {
    let host: TestHost;
    let staging: string;
    let production: string;
    beforeAll(async () => {
      host = await createTestHost({
        knex: await databases.open(name),
        world: new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-inbox-'))),
      });
      staging = await host.create({ serviceName: 'inbox-staging' });
      production = await host.create({
        serviceName: 'inbox-production',
        environment: 'production',
      });
      await host.reaches(staging, 'awaiting_approval');
      await host.reaches(production, 'awaiting_approval');
    });
    afterAll(() => host.shutdown());

    const inbox = (
      reader: typeof BEN | undefined,
      query: Partial<ApprovalInboxQuery> = {},
      environment?: string,
    ) =>
      host.host.approvals.inbox({
        query: ApprovalInboxQuery.parse(query),
        reader,
        mayDecide: {
          narrow:
            environment === undefined
              ? undefined
              : where => where.where('environment', environment),
        },
      });
    const turns = async (...args: Parameters<typeof inbox>) =>
      (await inbox(...args)).items.map(({ approval, turn }) => [
        approval.workflowId,
        turn,
      ]);

    it('puts first what the reader can sign, whatever expires sooner', async () => {
      expect(await turns(BEN)).toEqual([
        [staging, 'mine'],
        [production, 'later'],
      ]);
      expect(await turns(CHIARA)).toEqual([
        [production, 'mine'],
        [staging, 'others'],
      ]);
      expect((await turns(ADA)).map(([, turn]) => turn)).toEqual([
        'requested',
        'requested',
      ]);
      expect((await turns(undefined)).map(([, turn]) => turn)).toEqual([
        'others',
        'others',
      ]);
    });

    it('takes from the reader what a permission holds back', async () => {
      expect(await turns(BEN, {}, 'staging')).toContainEqual([staging, 'mine']);
      const held = await inbox(BEN, {}, 'production');
      expect(held.mine).toBe(0);
      expect(
        held.items.find(({ approval }) => approval.workflowId === staging),
      ).toMatchObject({ turn: 'others' });
    });

    it('counts by state, environment, agent and requester', async () => {
      const { counts, totalItems } = await inbox(BEN, {
        environment: 'production',
      });
      expect(totalItems).toBe(1);
      expect(counts).toEqual({
        status: [{ value: 'open', count: 1 }],
        environment: [
          { value: 'production', count: 1 },
          { value: 'staging', count: 1 },
        ],
        agent: [{ value: 'maker', count: 1 }],
        requestedBy: [{ value: ADA.userEntityRef, count: 1 }],
      });
    });

    it('calls what has run out closed before anybody has noticed', async () => {
      await host.database
        .knex('approvals')
        .where('workflow_id', staging)
        .update({ expires_at: '2020-01-01T00:00:00.000Z' });
      expect(await turns(BEN)).toContainEqual([staging, 'closed']);
    });
  });
});

import type { EventParams } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgenticDatabase } from '../database/AgenticDatabase';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../database/Outbox';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger, quietServices } from '../__testUtils__/quietServices';
import { Dependencies } from '../resilience/Dependencies';
import { OutboxDispatcher } from './OutboxDispatcher';

jest.setTimeout(60_000);

describe('OutboxDispatcher', () => {
  const databases = testDatabases();

  const anEvent = () =>
    buildEvent({
      agent: 'planner',
      type: 'task.created',
      correlationId: 'wf-1',
      detail: {
        workflow_id: 'wf-1',
        task_id: 't1',
        agent: 'codegen',
        priority: 1,
      },
    });

  describe.each(databases.names)('on %s', name => {
    let knex: Knex;
    let database: AgenticDatabase;
    let dispatchers: OutboxDispatcher[] = [];

    beforeEach(async () => {
      knex = await databases.open(name);
      database = await AgenticDatabase.create({ getClient: async () => knex });
      dispatchers = [];
    });
    afterEach(async () => {
      await Promise.all(dispatchers.map(dispatcher => dispatcher.stop()));
    });

    function startDispatcher(publish: (event: EventParams) => Promise<void>): {
      notified: unknown[];
    } {
      const services = quietServices();
      const dispatcher = new OutboxDispatcher({
        database,
        ...services,
        events: { ...services.events, publish },
        logger: quietLogger,
        dependencies: new Dependencies({
          tools: [],
          evaluators: [],
          logger: quietLogger,
        }),
      });
      dispatchers.push(dispatcher);
      dispatcher.start();
      dispatcher.nudge();
      return services;
    }
    async function until(condition: () => Promise<boolean>): Promise<void> {
      for (let tries = 0; !(await condition()); tries++) {
        if (tries > 600) throw new Error('It never came true');
        await sleep(50);
      }
    }
    const statuses = async (): Promise<string[]> =>
      (await knex('outbox').orderBy('id')).map(row => row.status);

    it('delivers the envelope with exactly the specified fields and its metadata', async () => {
      const delivered: EventParams[] = [];
      await knex.transaction(trx => enqueueEvents(trx, [anEvent()]));
      startDispatcher(async event => {
        delivered.push(event);
      });
      await until(async () => (await statuses())[0] === 'delivered');
      expect(delivered).toEqual([
        {
          topic: 'agentic',
          metadata: { eventId: expect.any(String) },
          eventPayload: {
            source: 'agentic-framework.planner',
            'detail-type': 'task.created',
            time: expect.stringMatching(/Z$/),
            detail: {
              workflow_id: 'wf-1',
              task_id: 't1',
              agent: 'codegen',
              priority: 1,
              metadata: {
                event_id: expect.any(String),
                correlation_id: 'wf-1',
                schema_version: '1',
              },
            },
          },
        },
      ]);
    });

    it('tries again after a failure, and gives up after three with the reason', async () => {
      let calls = 0;
      await knex.transaction(trx => enqueueEvents(trx, [anEvent()]));
      startDispatcher(async () => {
        calls += 1;
        throw new Error('nobody is there');
      });
      await until(async () => (await statuses())[0] === 'dead');
      expect(calls).toBe(3);
      expect((await knex('outbox').first()).error).toContain('nobody is there');
    });

    it('is not kept from the rest by one that fails', async () => {
      await knex.transaction(trx => enqueueEvents(trx, [anEvent(), anEvent()]));
      let first = true;
      startDispatcher(async () => {
        if (first) {
          first = false;
          throw new Error('once');
        }
      });
      await until(async () =>
        (await statuses()).every(status => status === 'delivered'),
      );
      expect(await statuses()).toEqual(['delivered', 'delivered']);
    });

    it('sends a notification with the scope that makes a repetition replace it', async () => {
      const notification = {
        scope: 'agentic:wf-1:g1:completed',
        recipients: ['user:default/ada'],
        title: 'done',
        description: '',
        link: '/agentic/workflows/wf-1',
        severity: 'normal',
      } as const;
      await knex.transaction(trx => enqueueNotifications(trx, [notification]));
      const { notified } = startDispatcher(async () => undefined);
      await until(async () => notified.length === 1);
      expect(notified[0]).toMatchObject({
        recipients: { type: 'entity', entityRef: ['user:default/ada'] },
        payload: { scope: notification.scope, topic: 'agentic' },
      });
    });

    it('delivers each entry once with two dispatchers at work', async () => {
      const seen = new Map<string, number>();
      await knex.transaction(trx =>
        enqueueEvents(trx, Array.from({ length: 120 }, anEvent)),
      );
      const publish = async (event: EventParams): Promise<void> => {
        const id = String(event.metadata?.eventId);
        seen.set(id, (seen.get(id) ?? 0) + 1);
      };
      startDispatcher(publish);
      startDispatcher(publish);
      await until(async () =>
        (await statuses()).every(status => status === 'delivered'),
      );
      expect([...seen.values()].filter(times => times !== 1)).toEqual([]);
      expect(seen.size).toBe(120);
    });
  });

  it('refuses an event that does not have the fields of its type', () => {
    expect(() =>
      buildEvent({
        agent: 'planner',
        type: 'task.created',
        correlationId: 'wf-1',
        detail: {
          workflow_id: 'wf-1',
          task_id: 't1',
          agent: 'codegen',
          priority: 0,
        },
      }),
    ).toThrow('priority');
  });
});

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { DatabaseRateStore } from './DatabaseRateStore';
import { rateLimits } from './rateLimits';
import { StreamSlots } from './StreamSlots';

const databases = testDatabases();
const ada = mockCredentials.user.header('user:default/ada');
const ben = mockCredentials.user.header('user:default/ben');

describe.each(databases.names)('rateLimits on %s', name => {
  async function anApp(rates: {
    requestsPerSecond?: number;
    writesPerMinute?: number;
  }) {
    const knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    // A minute that does not end in the middle of a test.
    const now = Date.now();
    const replica = () => {
      const app = express();
      app.use(
        rateLimits({
          httpAuth: mockServices.httpAuth({
            defaultCredentials: mockCredentials.none(),
          }),
          rates: {
            requestsPerSecond: 1000,
            writesPerMinute: 1000,
            streamsPerPrincipal: 1,
            ...rates,
          },
          store: new DatabaseRateStore(knex, () => now),
          knex,
          logger: quietLogger,
        }),
      );
      app.use((_req, res) => res.json({ ok: true }));
      return request(app);
    };
    return { knex, replica };
  }

  it('answers 429 in Backstage’s form with the time to wait', async () => {
    const { replica } = await anApp({ requestsPerSecond: 5 });
    const api = replica();
    const answers = [];
    for (let i = 0; i < 40; i++) {
      answers.push(await api.get('/workflows').set('Authorization', ada));
    }
    const refused = answers.find(answer => answer.status === 429);
    expect(refused?.body).toEqual({
      error: {
        name: 'LimitReachedError',
        message:
          'You may send 5 requests a second; wait for the time that Retry-After says and send the request again',
      },
      request: { method: 'GET', url: '/workflows' },
      response: { statusCode: 429 },
    });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(answers[0].status).toBe(200);
  });

  it('counts each person alone, and over all replicas', async () => {
    const { replica } = await anApp({ writesPerMinute: 2 });
    const [one, two] = [replica(), replica()];
    const post = async (api: typeof one, who: string) =>
      (await api.post('/workflows').set('Authorization', who)).status;
    expect(await post(one, ada)).toBe(200);
    expect(await post(two, ada)).toBe(200);
    expect(await post(one, ada)).toBe(429);
    expect(await post(two, ada)).toBe(429);
    expect(await post(two, ben)).toBe(200);
  });

  it('lets people read who have changed too much', async () => {
    const { replica } = await anApp({ writesPerMinute: 1 });
    const api = replica();
    await api.post('/workflows').set('Authorization', ada);
    expect(
      (await api.post('/workflows').set('Authorization', ada)).status,
    ).toBe(429);
    expect((await api.get('/workflows').set('Authorization', ada)).status).toBe(
      200,
    );
  });

  it('never refuses to say how it is', async () => {
    const { replica } = await anApp({ requestsPerSecond: 1 });
    const api = replica();
    for (let i = 0; i < 10; i++) {
      expect((await api.get('/health')).status).toBe(200);
    }
  });

  it('puts the first refusal of a minute on record, and only that', async () => {
    const { knex, replica } = await anApp({ writesPerMinute: 1 });
    const api = replica();
    for (let i = 0; i < 5; i++) {
      await api.post('/workflows').set('Authorization', ada);
    }
    const recorded = () =>
      knex('record_entries').where('kind', 'limit.reached');
    // It is answered first.
    for (let tries = 0; tries < 100; tries++) {
      if ((await recorded()).length > 0) break;
      await sleep(100);
    }
    const entries = await recorded();
    expect(entries).toHaveLength(1);
    expect(entries[0].actor).toBe('user:default/ada');
  });

  it('begins anew with the next window', async () => {
    const { knex } = await anApp({});
    let now = 120_000;
    const store = new DatabaseRateStore(knex, () => now);
    expect((await store.increment('p')).totalHits).toBe(1);
    expect((await store.increment('p')).totalHits).toBe(2);
    now += 60_000;
    const next = await store.increment('p');
    expect(next.totalHits).toBe(1);
    expect(next.resetTime?.getTime()).toBe(240_000);
  });
});

describe('StreamSlots', () => {
  it('gives so many streams to each, and takes them back once', () => {
    const slots = new StreamSlots(2);
    const first = slots.take('ada');
    slots.take('ada');
    slots.take('ben');
    expect(() => slots.take('ada')).toThrow(/2 event streams open/);
    first();
    first();
    expect(slots.openOf('ada')).toBe(1);
    slots.take('ada');
    expect(() => slots.take('ada')).toThrow(/2 are allowed/);
  });
});

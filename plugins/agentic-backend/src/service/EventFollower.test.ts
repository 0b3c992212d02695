import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { EventFollower, type EventReader } from './EventFollower';

jest.setTimeout(30_000);

class Reader implements EventReader {
  readonly seen: number[] = [];
  ended = false;

  take(events: readonly WorkflowEvent[]): void {
    this.seen.push(...events.map(({ seq }) => seq));
  }

  async drained(): Promise<void> {}

  end(): void {
    this.ended = true;
  }
}

const upTo = (last: number, from = 1) =>
  Array.from({ length: last - from + 1 }, (_, index) => from + index);

async function until(look: () => boolean): Promise<void> {
  for (let tries = 0; !look(); tries++) {
    if (tries > 400) throw new Error('It did not come about in 4 s');
    await sleep(10);
  }
}

describe('EventFollower', () => {
  const databases = testDatabases();
  let knex: Knex;
  let database: AgenticDatabase;
  let follower: EventFollower;
  const stops: Array<() => void> = [];

  beforeAll(async () => {
    knex = await databases.open('SQLite');
    database = await AgenticDatabase.create({ getClient: async () => knex });
  });
  beforeEach(() => {
    follower = new EventFollower(database);
  });
  afterEach(() => stops.splice(0).forEach(stop => stop()));

  /** Adds lines as another replica does: committed, and announced to nobody here. */
  async function add(id: string, from: number, to: number): Promise<void> {
    const time = new Date().toISOString();
    const rows = upTo(to, from).map(seq => ({
      workflow_id: id,
      seq,
      time,
      type: 'log',
      level: 'info',
      message: `line ${seq}`,
    }));
    await knex.transaction(async trx => {
      await trx.batchInsert('workflow_events', rows, 50);
      await trx('workflows').where({ id }).update({ last_event_seq: to });
    });
  }

  async function workflow(id: string, lines: number): Promise<void> {
    const now = new Date().toISOString();
    await knex('workflows').insert({
      id,
      requested_by: 'user:default/ada',
      template: 'sample',
      service_name: id,
      environment: 'staging',
      phase: 'running',
      plan_id: id,
      plan_hash: id,
      created_at: now,
      updated_at: now,
    });
    if (lines > 0) await add(id, 1, lines);
  }

  function follow(id: string, after: number): Reader {
    const reader = new Reader();
    stops.push(follower.follow(id, after, reader));
    return reader;
  }

  it('gives everybody what follows what they saw, old and new, each line once and in order', async () => {
    await workflow('w1', 450);
    const [all, some] = [follow('w1', 0), follow('w1', 440)];
    await add('w1', 451, 452);
    const late = follow('w1', 451);
    await until(() =>
      [all, some, late].every(({ seen }) => seen.includes(452)),
    );
    await add('w1', 453, 660);
    database.announce('w1', 660);
    await until(() =>
      [all, some, late].every(({ seen }) => seen.includes(660)),
    );
    expect(all.seen).toEqual(upTo(660));
    expect(some.seen).toEqual(upTo(660, 441));
    expect(late.seen).toEqual(upTo(660, 452));
  });

  it('looks once for all of them, and not at all when they have gone', async () => {
    await workflow('w2', 3);
    const readers = upTo(50).map(() => follow('w2', 0));
    await until(() => readers.every(({ seen }) => seen.length === 3));
    await sleep(100);
    let queries = 0;
    const count = () => {
      queries += 1;
    };
    knex.on('query', count);
    await add('w2', 4, 4);
    const own = queries;
    await until(() => readers.every(({ seen }) => seen.length === 4));
    expect(queries - own).toBeLessThan(10);
    stops.splice(0).forEach(stop => stop());
    await sleep(50);
    queries = 0;
    await sleep(900);
    knex.off('query', count);
    expect(queries).toBe(0);
  });

  it('is not held up by a reader who claims to have seen what is not there yet', async () => {
    await workflow('w3', 2);
    const ahead = follow('w3', 2_147_483_647);
    await sleep(50);
    const honest = follow('w3', 0);
    await add('w3', 3, 3);
    await until(() => honest.seen.length === 3);
    expect(ahead.seen).toEqual([]);
  });

  it.each([
    [
      'is at its end',
      () => knex('workflows').where('id', 'w4').update('phase', 'completed'),
    ],
    ['is gone', () => knex('workflows').where('id', 'w4').delete()],
  ])(
    'ends the reading once all was told and the workflow %s',
    async (_how, finish) => {
      await knex('workflows').where('id', 'w4').delete();
      await knex('workflow_events').where('workflow_id', 'w4').delete();
      await workflow('w4', 2);
      const reader = follow('w4', 0);
      await until(() => reader.seen.length === 2);
      expect(reader.ended).toBe(false);
      await finish();
      await until(() => reader.ended);
    },
  );

  it('goes on after the database was away', async () => {
    await workflow('w5', 1);
    const reader = follow('w5', 0);
    await until(() => reader.seen.length === 1);
    await sleep(50);
    await knex.schema.renameTable('workflow_events', 'elsewhere');
    database.announce('w5', 2);
    await sleep(500);
    await knex.schema.renameTable('elsewhere', 'workflow_events');
    await add('w5', 2, 2);
    await until(() => reader.seen.length === 2);
    expect(reader.ended).toBe(false);
  });
});

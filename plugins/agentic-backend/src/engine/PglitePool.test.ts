import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PglitePool } from './PglitePool';
import { PgliteThread } from './PgliteThread';

describe('PglitePool', () => {
  let folder: string;
  let database: PgliteThread;
  let pool: PglitePool;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agentic-pglite-'));
    database = await PgliteThread.open(join(folder, 'pgdata'));
    pool = new PglitePool(database);
    await pool.query('CREATE TABLE t (id int PRIMARY KEY, words text[])');
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers rows and counts as pg does, arrays among the parameters', async () => {
    const inserted = await pool.query('INSERT INTO t VALUES ($1, $2)', [
      1,
      ['a', 'b'],
    ]);
    expect(inserted.rowCount).toBe(1);
    const found = await pool.query(
      'SELECT * FROM t WHERE id = ANY($1::int[])',
      [[1, 2]],
    );
    expect(found).toEqual({
      rows: [{ id: 1, words: ['a', 'b'] }],
      rowCount: 1,
    });
  });

  it('gives the SQL state with an error', async () => {
    await pool.query('INSERT INTO t VALUES (2)');
    await expect(
      pool.query('INSERT INTO t VALUES ($1)', [2]),
    ).rejects.toMatchObject({
      code: '23505',
    });
  });

  it('keeps a transaction to its client until it ends', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES (3)');
    const outside = pool.query('SELECT count(*)::int AS n FROM t WHERE id = 3');
    await client.query('ROLLBACK');
    client.release();
    expect((await outside).rows).toEqual([{ n: 0 }]);
  });

  it('rolls back what a released client left open, also after a failed statement', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES (4)');
    await expect(client.query('no such statement')).rejects.toThrow();
    client.release();
    const { rows } = await pool.query(
      'SELECT count(*)::int AS n FROM t WHERE id = 4',
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('delivers notifications to clients that listen, and to no other', async () => {
    const [listener, other] = [await pool.connect(), await pool.connect()];
    const heard: unknown[] = [];
    listener.on('notification', message => heard.push(message));
    other.on('notification', () => heard.push('not for me'));
    await listener.query('LISTEN news');
    await pool.query(`NOTIFY news, 'hello'`);
    await pool.query('SELECT 1');
    expect(heard).toEqual([
      expect.objectContaining({ channel: 'news', payload: 'hello' }),
    ]);
    listener.release();
    other.release();
  });
});

import type { Knex } from 'knex';

/** How a stored workflow can have ended, or that it has not. */
export type Ending = 'completed' | 'undone' | 'cancelled' | 'open';

/** A workflow that the product itself has carried out, which the others are copies of. */
export interface Original {
  readonly ending: Ending;
  readonly workflowId: string;
  readonly serviceName: string;
}

/** Whom and what the originals name; every copy names somebody and something of its own. */
const REQUESTER = 'user:default/ada';
const OWNER = 'group:default/team-payments';
const DAY_MS = 24 * 3_600_000;
const DAYS = 400;
const CHUNK = 2000;

/** Tables with rows of a workflow, by the column that says of which. `id` is counted by the database where `counted`. */
const TABLES: ReadonlyArray<{
  readonly table: string;
  readonly by: 'id' | 'workflow_id' | 'chain' | 'approval_id' | 'payload';
  readonly counted?: boolean;
}> = [
  { table: 'workflows', by: 'id' },
  { table: 'workflow_accounts', by: 'workflow_id' },
  { table: 'service_claims', by: 'workflow_id' },
  { table: 'plans', by: 'workflow_id' },
  { table: 'tasks', by: 'workflow_id' },
  { table: 'effects', by: 'workflow_id' },
  { table: 'approvals', by: 'workflow_id' },
  { table: 'approval_decisions', by: 'approval_id', counted: true },
  { table: 'approval_views', by: 'approval_id' },
  { table: 'critic_verdicts', by: 'workflow_id' },
  { table: 'artifacts', by: 'workflow_id' },
  { table: 'deployments', by: 'workflow_id' },
  { table: 'workflow_events', by: 'workflow_id' },
  { table: 'outbox', by: 'payload', counted: true },
  { table: 'record_payloads', by: 'chain' },
  { table: 'record_entries', by: 'chain', counted: true },
  { table: 'usage_entries', by: 'workflow_id' },
  { table: 'effect_traces', by: 'workflow_id', counted: true },
  { table: 'agent_invocations', by: 'workflow_id', counted: true },
];

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** An `insert … select` that makes one row for each copy. */
interface Copying {
  readonly sql: string;
  readonly values: readonly string[];
}

/** The row of a copy in the table that the others are made from. */
interface Copy {
  i: number;
  ending: Ending;
  id: string;
  service_name: string;
  requested_by: string;
  owner: string;
  environment: string;
  created_at: string;
  updated_at: string;
}

const pick = (values: readonly string[], index: number): string =>
  values[index % values.length];

/** The copy with this number: times rise with it, and those that are open are among the newest. */
function copyOf(i: number, count: number): Copy {
  const begun =
    Date.now() - DAYS * DAY_MS + (i / count) * (DAYS * DAY_MS - 60_000);
  const ended: readonly Ending[] = [
    ...Array<Ending>(17).fill('completed'),
    'undone',
    'undone',
    'cancelled',
  ];
  const isOpen = i >= count * 0.96 && i % 2 === 0;
  const noun = ['cart', 'ledger', 'search', 'invoice', 'profile', 'stock'];
  const kind = ['service', 'worker', 'gateway', 'api', 'reports'];
  return {
    i,
    ending: isOpen ? 'open' : ended[i % ended.length],
    id: `stored-${String(i).padStart(7, '0')}`,
    service_name: `${pick(noun, i)}-${pick(kind, i >> 3)}-${i % 20_000}`,
    requested_by: `user:default/person-${i % 400}`,
    owner:
      i % 40 === 1
        ? 'group:default/team-search'
        : `group:default/team-${i % 40}`,
    environment: pick(
      ['staging', 'staging', 'staging', 'development', 'production'],
      i % 97,
    ),
    created_at: new Date(begun).toISOString(),
    updated_at: new Date(begun + 300_000).toISOString(),
  };
}

const COLUMNS: Readonly<Record<string, keyof Copy>> = {
  environment: 'environment',
  service_name: 'service_name',
  requested_by: 'requested_by',
  owner: 'owner',
  team: 'owner',
  created_at: 'created_at',
  started_at: 'created_at',
};
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function copying(
  table: string,
  row: Row,
  named: ReadonlyMap<string, string>,
  ending: Ending,
  onPostgres: boolean,
): Copying {
  const values: string[] = [];
  const columns = Object.keys(row).filter(column => row[column] !== null);
  const parts = columns.map(column => {
    const value = row[column];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'boolean') {
      return onPostgres ? String(value) : String(Number(value));
    }
    if (COLUMNS[column]) return `c.${COLUMNS[column]}`;
    const text = String(value);
    // What is open is not to expire while it is looked at.
    if (TIME.test(text) && column !== 'expires_at') return 'c.updated_at';
    // The first place for the text itself, and two for each name in it.
    values.push(text);
    return [...named].reduce((expression, [name, by]) => {
      if (!text.includes(name)) return expression;
      values.push(name);
      return `replace(${expression}, ?, ${by})`;
    }, '?');
  });
  return {
    sql: `insert into ${table} (${columns
      .map(column => `"${column}"`)
      .join(', ')}) select ${parts.join(
      ', ',
    )} from bench_copies c where c.ending = '${ending}' and c.i >= ? and c.i < ?`,
    values,
  };
}

async function copyingsOf(knex: Knex, original: Original): Promise<Copying[]> {
  const { workflowId, serviceName, ending } = original;
  const onPostgres = knex.client.config.client === 'pg';
  const approvals: string[] = await knex('approvals')
    .where('workflow_id', workflowId)
    .pluck('id');
  const found: Array<{ table: string; row: Row }> = [];
  const own = new Set<string>();
  for (const { table, by, counted } of TABLES) {
    // Names come again and again here; only those of what is open are taken.
    if (table === 'service_claims' && ending !== 'open') continue;
    const query = knex(table);
    if (by === 'approval_id') query.whereIn(by, approvals);
    else if (by === 'payload') query.where(by, 'like', `%${workflowId}%`);
    else query.where(by, workflowId);
    for (const { id, ...rest } of await query) {
      found.push({
        table,
        row: counted || id === undefined ? rest : { id, ...rest },
      });
      for (const name of counted ? [rest.event_id] : [id]) {
        if (name !== undefined && name !== workflowId) own.add(String(name));
      }
    }
  }
  const named = new Map([
    [workflowId, 'c.id'],
    [serviceName, 'c.service_name'],
    [REQUESTER, 'c.requested_by'],
    [OWNER, 'c.owner'],
    ...[...own]
      .filter(name => !name.includes(workflowId))
      .map((name, k) => [name, `c.id || '-${k}'`] as const),
  ]);
  return found.map(({ table, row }) =>
    copying(table, row, named, ending, onPostgres),
  );
}

/** A version that runs, for each copy that was completed: the sample's tools deploy nothing. */
const DEPLOYING: Copying = {
  sql: `insert into deployments (id, workflow_id, service_name, environment, status, body, started_at)
    select c.id || '-d', c.id, c.service_name, c.environment, 'running',
      replace(replace(replace(?, '@id', c.id), '@service', c.service_name), '@environment', c.environment),
      c.created_at
    from bench_copies c where c.ending = 'completed' and c.i >= ? and c.i < ?`,
  values: [
    JSON.stringify({
      deploymentId: '@id-d',
      workflowId: '@id',
      effectId: '@id.t3.process',
      serviceName: '@service',
      environment: '@environment',
      version: '1.0.0',
      strategy: 'rolling',
      status: 'running',
      url: 'http://127.0.0.1:8080/@service',
      startedAt: new Date().toISOString(),
      handle: { version: '1.0.0' },
    }),
  ],
};

/** Runs the work while the change record takes rows that were not chained one by one. */
async function unguarded(knex: Knex, work: () => Promise<void>): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw('alter table record_entries disable trigger user');
    await work();
    await knex.raw('alter table record_entries enable trigger user');
    return;
  }
  const triggers: Array<{ name: string; sql: string }> = await knex(
    'sqlite_master',
  ).where({ type: 'trigger', tbl_name: 'record_entries' });
  for (const { name } of triggers) await knex.raw(`drop trigger ${name}`);
  await work();
  for (const { sql } of triggers) await knex.raw(sql);
}

/**
 * Fills the plugin's own tables with copies of what the product has written for the originals: other
 * ids, services, people, teams, environments and times, spread over more than a year. The hashes of
 * their change records are those of the originals; their chains have no heads, so that nobody
 * verifies them.
 */
export async function storeWorkflows(
  knex: Knex,
  originals: readonly Original[],
  count: number,
): Promise<void> {
  const copyings = (
    await Promise.all(originals.map(original => copyingsOf(knex, original)))
  ).flat();
  await knex.schema.createTable('bench_copies', table => {
    table.integer('i').primary();
    table.string('ending', 12);
    for (const column of [
      'id',
      'service_name',
      'requested_by',
      'owner',
      'environment',
    ]) {
      table.text(column);
    }
    table.text('created_at');
    table.text('updated_at');
    table.index(['ending', 'i']);
  });
  await unguarded(knex, async () => {
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      await knex.transaction(async trx => {
        await trx.batchInsert(
          'bench_copies',
          Array.from({ length: to - from }, (_, k) => copyOf(from + k, count)),
          100,
        );
        for (const { sql, values } of [...copyings, DEPLOYING]) {
          await trx.raw(sql, [...values, from, to]);
        }
      });
    }
  });
  await knex.schema.dropTable('bench_copies');
  // PostgreSQL does this by itself some minutes after so many rows have come.
  if (knex.client.config.client === 'pg') await knex.raw('vacuum analyze');
}

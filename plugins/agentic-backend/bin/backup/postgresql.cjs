'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Client } = require('pg');

/** The connection as PostgreSQL's own programs take it: nothing of it is seen in a list of processes. */
function environment() {
  const url = process.env.AGENTIC_DATABASE_URL;
  const { AGENTIC_DATABASE_URL: _, ...rest } = process.env;
  if (!url) {
    return rest;
  }
  const { hostname, port, username, password, pathname, searchParams } =
    new URL(url);
  const given = {
    PGHOST: decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode'),
    PGSSLROOTCERT: searchParams.get('sslrootcert'),
  };
  return {
    ...rest,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)),
  };
}

async function connect() {
  const env = environment();
  if (!env.PGDATABASE) {
    throw new Error('no database is named; set AGENTIC_DATABASE_URL');
  }
  const verify = /^verify-/.test(env.PGSSLMODE ?? '');
  const client = new Client({
    host: env.PGHOST,
    port: env.PGPORT ? Number(env.PGPORT) : undefined,
    user: env.PGUSER,
    password: env.PGPASSWORD,
    database: env.PGDATABASE,
    ssl:
      verify || env.PGSSLMODE === 'require'
        ? {
            rejectUnauthorized: verify,
            ca: env.PGSSLROOTCERT
              ? fs.readFileSync(env.PGSSLROOTCERT, 'utf8')
              : undefined,
          }
        : undefined,
  });
  await client.connect();
  return client;
}

function run(program, args, { read = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: environment(),
      stdio: ['ignore', read ? 'pipe' : 'ignore', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout?.on('data', chunk => {
      out += chunk;
    });
    child.stderr.on('data', chunk => {
      err += chunk;
    });
    child.on('error', error =>
      reject(
        new Error(
          error.code === 'ENOENT'
            ? `${program} is not installed; it comes with PostgreSQL's client`
            : error.message,
        ),
      ),
    );
    child.on('close', code =>
      code === 0
        ? resolve(out)
        : reject(new Error(`${program} failed: ${err.trim().slice(-1000)}`)),
    );
  });
}

async function tablesIn(client, schema) {
  const { rows } = await client.query(
    'select tablename from pg_tables where schemaname = $1',
    [schema],
  );
  return rows.map(row => row.tablename);
}

async function requireEmpty(options) {
  const engine = options['engine-schema'];
  const client = await connect();
  try {
    if ((await tablesIn(client, options.schema)).length > 0) {
      throw new Error(
        `the schema ${options.schema} has tables; give an empty database`,
      );
    }
    if ((await tablesIn(client, engine)).length > 0) {
      if (!options['forget-engine']) {
        throw new Error(
          `the schema ${engine} holds what the engine kept of another state; give --forget-engine to delete it`,
        );
      }
      await client.query(
        `drop schema ${client.escapeIdentifier(engine)} cascade`,
      );
    }
  } finally {
    await client.end();
  }
}

async function fill(schema, from) {
  const client = await connect();
  try {
    const { rows } = await client.query(
      'select 1 from pg_namespace where nspname = $1',
      [schema],
    );
    if (rows.length === 0) {
      await client.query(`create schema ${client.escapeIdentifier(schema)}`);
    }
  } finally {
    await client.end();
  }
  // The schema is there already; everything else of the copy is taken.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-restore-'));
  const list = path.join(folder, 'list');
  try {
    const lines = await run('pg_restore', ['--list', from], { read: true });
    fs.writeFileSync(
      list,
      lines
        .split('\n')
        .filter(line => !/^\d+; \d+ \d+ (SCHEMA|COMMENT) - /.test(line))
        .join('\n'),
    );
    await run('pg_restore', [
      '--single-transaction',
      '--exit-on-error',
      '--no-owner',
      '--no-privileges',
      `--use-list=${list}`,
      `--dbname=${environment().PGDATABASE}`,
      from,
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function open({ schema, from }) {
  if (from) {
    await fill(schema, from);
  }
  const client = await connect();
  // One moment for everything that is read and dumped.
  await client.query('begin isolation level repeatable read read only');
  return {
    kind: 'postgresql',
    query: async sql => (await client.query(sql)).rows,
    name: table =>
      `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`,
    tables: () => tablesIn(client, schema),
    async copyTo(target, describe) {
      const { rows } = await client.query('select pg_export_snapshot() as id');
      const described = await describe();
      await run('pg_dump', [
        '--format=custom',
        '--no-owner',
        '--no-privileges',
        `--schema=${client.escapeIdentifier(schema)}`,
        `--snapshot=${rows[0].id}`,
        `--file=${target}`,
      ]);
      return described;
    },
    async close() {
      await client.end();
    },
  };
}

module.exports = { open, requireEmpty };

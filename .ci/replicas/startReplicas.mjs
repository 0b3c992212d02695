import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Client } from './Client.mjs';
import { Proxy } from './Proxy.mjs';
import { Replica } from './Replica.mjs';
import { bundlePresent } from './bundleReplica.mjs';

const pg = createRequire(import.meta.url)('pg');

/** The server on which the replicas get a database: without one there is nothing to share. */
export const server = process.env.AGENTIC_TEST_POSTGRES_URL;

async function onServer(database, sql) {
  const url = new URL(server);
  if (database) {
    url.pathname = `/${database}`;
  }
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/**
 * An empty database, a world, replicas that are not started yet, and a proxy in front of them.
 * `remove` ends it all.
 */
export async function prepareReplicas(count, { bundle, agentic, toolMs } = {}) {
  const folder = fs.realpathSync(
    fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-replicas-')),
  );
  const world = path.join(folder, 'world');
  fs.mkdirSync(world);
  const name = `agentic_replicas_${randomBytes(4).toString('hex')}`;
  await onServer(undefined, `create database ${name}`);
  const { hostname, port, username, password } = new URL(server);
  const program = bundle ?? bundlePresent();
  const replicas = Array.from(
    { length: count },
    (_, index) =>
      new Replica({
        name: `replica-${index + 1}`,
        bundle: program.file,
        // The version before loses the password between Knex and its engine; there it is taken from here.
        env: program.migrations && { PGPASSWORD: decodeURIComponent(password) },
        folder,
        options: {
          world,
          dataDir: path.join(folder, `data-${index + 1}`),
          toolMs,
          agentic,
          migrations: program.migrations,
          database: {
            client: 'pg',
            pluginDivisionMode: 'schema',
            ensureExists: false,
            ensureSchemaExists: true,
            connection: {
              host: hostname,
              port: Number(port || 5432),
              user: decodeURIComponent(username),
              password: decodeURIComponent(password),
              database: name,
            },
          },
        },
      }),
  );
  const proxy = new Proxy();
  await proxy.start();
  const clients = [];
  const set = {
    folder,
    world,
    replicas,
    proxy,
    /** Asks the database itself, past the framework. */
    query: sql => onServer(name, sql),
    /** A person before the proxy, or before one replica. */
    client(person, replica) {
      const url = replica ? `http://127.0.0.1:${replica.port}` : proxy.url;
      const client = new Client(url, person);
      clients.push(client);
      return client;
    },
    async start(...some) {
      await Promise.all(
        (some.length > 0 ? some : replicas).map(async replica => {
          await replica.start();
          proxy.add(replica.name, replica.port);
        }),
      );
    },
    /** What was made of each thing, and how often. */
    made() {
      return Object.fromEntries(
        fs
          .readdirSync(world, { withFileTypes: true })
          .filter(entry => entry.isDirectory())
          .map(({ name: thing }) => [
            thing,
            fs.readdirSync(path.join(world, thing)).length,
          ]),
      );
    },
    async remove() {
      clients.forEach(client => client.close());
      await proxy.stop();
      await Promise.all(replicas.map(replica => replica.kill()));
      await onServer(undefined, `drop database if exists ${name} with (force)`);
      if (!process.env.AGENTIC_KEEP_REPLICAS) {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  };
  return set;
}

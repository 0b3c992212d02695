import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { processesOf } from '../../packages/app/e2e-tests/support/processesOf.mjs';

const { Client } = createRequire(import.meta.url)('pg');
const run = promisify(execFile);

const list = folder => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

async function git(repository, ...args) {
  const { stdout } = await run('git', [
    '-c',
    'safe.directory=*',
    `--git-dir=${repository}`,
    ...args,
  ]);
  return stdout.trim();
}

async function repositoriesOf(folder, serviceName) {
  const place = path.join(folder, 'data', 'repositories');
  const names = list(place).filter(name => name.includes(serviceName));
  const found = [];
  for (const name of names) {
    const repository = path.join(place, name);
    await git(repository, 'fsck', '--strict');
    found.push({
      name,
      commits: Number(await git(repository, 'rev-list', '--all', '--count')),
      refs: await git(repository, 'for-each-ref', '--format=%(refname)'),
      files: (
        await git(repository, 'ls-tree', '-r', '--name-only', 'main')
      ).split('\n').length,
    });
  }
  return found;
}

async function databasesOf(folder, serviceName) {
  const { port, password } = JSON.parse(
    fs.readFileSync(path.join(folder, 'data/postgres/server.json'), 'utf8'),
  );
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'agentic_admin',
    password,
    database: 'postgres',
  });
  await client.connect();
  try {
    const like = `%${serviceName.replaceAll('-', '\\_')}%`;
    const names = async query =>
      (await client.query(query, [like])).rows.map(({ name }) => name);
    return {
      databases: await names(
        'select datname as name from pg_database where datname like $1',
      ),
      roles: await names(
        'select rolname as name from pg_roles where rolname like $1',
      ),
    };
  } finally {
    await client.end();
  }
}

/** Process groups of the versions of a service that run: one for each version. */
export function runningVersionsOf(folder, serviceName) {
  const releases = path.join(folder, 'data', 'releases', serviceName);
  const groups = processesOf(releases).map(pid => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
  });
  return [...new Set(groups)];
}

/**
 * What of a service is really there: repository, database, process, what it
 * answers, catalog. Nothing of it is asked of the framework.
 */
export async function lookAtWorld({ folder, client, serviceName, url }) {
  const answer = await fetch(`${url}/health`);
  const { items } = await client.call(
    'GET',
    `/catalog/entities/by-query?fullTextFilterTerm=${serviceName}&fullTextFilterFields=metadata.name`,
  );
  return {
    repositories: await repositoriesOf(folder, serviceName),
    ...(await databasesOf(folder, serviceName)),
    // A folder that was being filled when the kill came is no release; the sweeper takes it.
    releases: list(path.join(folder, 'data', 'releases', serviceName)).filter(
      name => !name.endsWith('.new'),
    ).length,
    versions: runningVersionsOf(folder, serviceName).length,
    health: answer.status,
    entities: items
      .map(({ kind, metadata }) => `${kind}:${metadata.name}`)
      .sort(),
  };
}

/** The same with the name of the service taken out, so that two services can be compared. */
export function withoutName(value, serviceName) {
  const variants = [serviceName, serviceName.replaceAll('-', '_')];
  return JSON.parse(
    variants.reduce(
      (text, name) => text.replaceAll(name, '<service>'),
      JSON.stringify(value),
    ),
  );
}

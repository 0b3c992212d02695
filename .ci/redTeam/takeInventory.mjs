import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const Database = createRequire(import.meta.url)('better-sqlite3');

/** Tables that move by themselves, or in which refused attempts are noted. */
const MOVING =
  /^(sqlite_|knex_|backstage_backend_tasks|agent_invocations|outbox|record_|dependency_|rate_windows|limit_alerts|replicas)/;

function digest(rows) {
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** Every table of the portal's plugin with a digest of its rows, read from outside. */
function tablesOf(folder) {
  const database = new Database(path.join(folder, 'db', 'agentic.sqlite'), {
    readonly: true,
    timeout: 5_000,
  });
  try {
    const names = database
      .prepare("select name from sqlite_master where type = 'table'")
      .all()
      .map(({ name }) => name)
      .filter(name => !MOVING.test(name));
    return Object.fromEntries(
      names.sort().map(name => {
        const rows = database.prepare(`select * from "${name}"`).all();
        return [
          `table ${name}`,
          `${rows.length} rows, ${digest(
            rows.map(row => JSON.stringify(row)).sort(),
          )}`,
        ];
      }),
    );
  } finally {
    database.close();
  }
}

/** What exists: the rows of the plugin's tables, and the names of what is on the disk. */
export function takeInventory(folder) {
  const data = path.join(folder, 'data');
  const places = ['repositories', 'releases', 'deployments', 'secrets'].map(
    name => {
      const place = path.join(data, name);
      return [
        `folder ${name}`,
        fs.existsSync(place) ? fs.readdirSync(place).sort().join(' ') : '',
      ];
    },
  );
  return { ...tablesOf(folder), ...Object.fromEntries(places) };
}

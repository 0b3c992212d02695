'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');

/** What a database of the plugin holds: enough to tell whether another one holds the same. */
async function describe(database) {
  const tables = {};
  for (const table of (await database.tables()).sort()) {
    const [{ total }] = await database.query(
      `select count(*) as total from ${database.name(table)}`,
    );
    tables[table] = Number(total);
  }
  const column = async (sql, key) =>
    (await database.query(sql)).map(row => row[key]);
  const heads = await database.query(
    `select chain, seq, hash from ${database.name('record_heads')}`,
  );
  const lines = heads
    .map(({ chain, seq, hash }) => `${chain} ${seq} ${hash}`)
    .sort();
  const migrations = await column(
    `select name from ${database.name('knex_migrations')} order by id`,
    'name',
  );
  return {
    migration: migrations[migrations.length - 1],
    tables,
    chains: {
      count: lines.length,
      digest: createHash('sha256').update(lines.join('\n')).digest('hex'),
    },
    secretKeys: await column(
      `select distinct key_id from ${database.name(
        'secret_versions',
      )} order by key_id`,
      'key_id',
    ),
  };
}

function digestOfFile(file) {
  const hash = createHash('sha256');
  const handle = fs.openSync(file, 'r');
  const buffer = Buffer.alloc(1024 * 1024);
  try {
    for (;;) {
      const read = fs.readSync(handle, buffer);
      if (read === 0) {
        return hash.digest('hex');
      }
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    fs.closeSync(handle);
  }
}

module.exports = { describe, digestOfFile };

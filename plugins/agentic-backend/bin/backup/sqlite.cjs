'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** Node says at each use that its SQLite is young; what is used of it here is a copy and counting. */
function sqlite() {
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return require('node:sqlite').DatabaseSync;
  } finally {
    process.emitWarning = emit;
  }
}

function engineFolder(options) {
  return path.join(options['data-dir'], 'engine');
}

async function requireEmpty(options) {
  for (const end of ['', '-wal', '-shm', '-journal']) {
    if (fs.existsSync(options.sqlite + end)) {
      throw new Error(
        `${options.sqlite}${end} exists; move it away, it is not written over`,
      );
    }
  }
  const folder = engineFolder(options);
  if (fs.existsSync(folder)) {
    if (!options['forget-engine']) {
      throw new Error(
        `${folder} holds what the engine kept of another state; give --forget-engine to delete it`,
      );
    }
    fs.rmSync(folder, { recursive: true });
  }
}

async function open({ sqlite: file, from }) {
  const DatabaseSync = sqlite();
  if (from) {
    fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    fs.copyFileSync(from, file, fs.constants.COPYFILE_EXCL);
    fs.chmodSync(file, 0o600);
  }
  if (!fs.existsSync(file)) {
    throw new Error(`${file} does not exist`);
  }
  let database = new DatabaseSync(file, { readOnly: true });
  const query = async sql => database.prepare(sql).all();
  if (from) {
    const [{ integrity_check: said }] = await query('pragma integrity_check');
    if (said !== 'ok') {
      throw new Error(`${file} is damaged: ${said}`);
    }
  }
  return {
    kind: 'sqlite',
    query,
    name: table => `"${table}"`,
    async tables() {
      const rows = await query(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
      );
      return rows.map(row => row.name);
    },
    /** What is described is the copy itself: the original goes on changing. */
    async copyTo(target, describe) {
      database.prepare('vacuum into ?').run(target);
      database.close();
      database = new DatabaseSync(target, { readOnly: true });
      return describe();
    },
    close: async () => database.close(),
  };
}

module.exports = { open, requireEmpty };

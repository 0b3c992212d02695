import { createRequire } from 'node:module';

let created = 0;

/** Does the work with the address of a new, empty database, which is gone afterwards. */
export async function withDatabase(serverUrl, work) {
  const { Client } = createRequire(import.meta.url)('pg');
  created += 1;
  const name = `verify_${process.pid}_${Date.now()}_${created}`;
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    try {
      return await work(url.href);
    } finally {
      await admin.query(`drop database ${name} with (force)`);
    }
  } finally {
    await admin.end();
  }
}

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** What a suite mentions that can run on PostgreSQL. */
const MARKS = /testDatabases\(\)|AGENTIC_TEST_POSTGRES_URL/;

/** The suites that can run on PostgreSQL, as paths from the root of the repository. */
export function suitesOnPostgres() {
  return execFileSync('git', ['ls-files', 'plugins', 'packages'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter(
      file =>
        /\.test\.tsx?$/.test(file) && MARKS.test(fs.readFileSync(file, 'utf8')),
    );
}

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { inRepository } from './support/repository.mjs';

/** Why the network cannot be taken away here; false when it can. */
function obstacle() {
  if (process.platform !== 'linux') {
    return 'network namespaces exist on Linux only';
  }
  const probe = spawnSync('unshare', ['--net', 'ip', 'link', 'show', 'lo']);
  return probe.status === 0
    ? false
    : 'needs root, and the programs unshare and ip (util-linux, iproute2)';
}

test(
  'the main job needs no network but loopback',
  { skip: obstacle(), timeout: 15 * 60_000 },
  async () => {
    const { stdout } = await promisify(execFile)('unshare', [
      '--net',
      process.execPath,
      inRepository('packages/app/e2e-tests/support/offlineJob.mjs'),
    ]);
    const seen = JSON.parse(stdout.trim().split('\n').at(-1));
    assert.equal(seen.outside, 'ENETUNREACH');
    assert.deepEqual(
      { phase: seen.phase, error: seen.error, approvals: seen.approvals },
      { phase: 'completed', error: undefined, approvals: 1 },
    );
    assert.equal(seen.health, 200);
  },
);

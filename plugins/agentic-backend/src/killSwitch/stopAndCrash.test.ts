import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCrashProcess } from '../__testUtils__/runCrashProcess';

jest.setTimeout(180_000);

describe('an agent stopped in the middle of a tool, in a portal that is killed while it is stopped', () => {
  it.each([
    { stopAt: 'before making repo', done: [] },
    { stopAt: 'after making repo', done: ['made repo'] },
  ])(
    'goes on after start and release, nothing twice and nothing lost: $stopAt',
    async ({ stopAt, done }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'agentic-stopped-'));
      const first = startCrashProcess({ folder, stopAt });
      await first.printed('stopped');
      first.kill();
      expect(await first.outcome).toBe('killed');

      const second = startCrashProcess({ folder, release: true });
      const outcome = await second.outcome;
      const held = /^held: (.*)$/m.exec(second.output)?.[1] ?? '';
      expect(JSON.parse(held)).toEqual({
        tasks: ['t3: maker was stopped by user:default/ben: a key leaked'],
        repo: ['started'],
        ledger: done,
      });
      expect(outcome).toMatchObject({
        phase: 'completed',
        ledger: ['made repo', 'made process'],
        statuses: { t3: 'completed', t4: 'completed' },
      });
    },
  );
});

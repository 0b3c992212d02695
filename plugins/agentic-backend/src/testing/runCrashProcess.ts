import { spawn } from 'node:child_process';
import path from 'node:path';

/** What a crash process printed when it reached the end. */
export interface CrashOutcome {
  readonly phase: string;
  readonly ledger: readonly string[];
  readonly steps: readonly string[];
  readonly events: number;
  readonly statuses: Readonly<Record<string, string>>;
}

/** Runs `crashProcess.ts`. Answers `killed` when it died as asked. Throws with its errors when it failed. */
export async function runCrashProcess(
  options: Record<string, unknown>,
): Promise<'killed' | CrashOutcome> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(__dirname, 'crashProcess.ts'),
      JSON.stringify(options),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, NODE_ENV: 'test' },
    },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>(
    resolve => child.on('close', (...ended) => resolve(ended)),
  );
  if (signal === 'SIGKILL') {
    return 'killed';
  }
  if (code !== 0) {
    throw new Error(
      `The process ended with ${code ?? signal}: ${err.slice(-3000)}`,
    );
  }
  return JSON.parse(out.trim().split('\n').pop()!) as CrashOutcome;
}

import { spawn } from 'node:child_process';
import { bundleProgram } from './bundleProgram';

/** What a crash process printed when it reached the end. */
export interface CrashOutcome {
  readonly phase: string;
  readonly ledger: readonly string[];
  readonly steps: readonly string[];
  readonly events: number;
  readonly statuses: Readonly<Record<string, string>>;
}

/** A running crash process. */
export interface CrashProcess {
  /** `killed` when it died of SIGKILL; rejects with its errors when it failed. */
  readonly outcome: Promise<'killed' | CrashOutcome>;
  /** Resolves when it has printed the line. */
  printed(line: string): Promise<void>;
  /** Everything it has printed so far. */
  readonly output: string;
  kill(): void;
}

/** Starts `crashProcess.ts`. */
export function startCrashProcess(
  options: Record<string, unknown>,
): CrashProcess {
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      bundleProgram(require.resolve('./crashProcess')),
      JSON.stringify(options),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, NODE_ENV: 'test' },
    },
  );
  let out = '';
  let err = '';
  const waiting = new Map<string, () => void>();
  child.stdout.on('data', chunk => {
    out += chunk;
    for (const [line, resolve] of waiting) {
      if (out.includes(line)) resolve();
    }
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const outcome = new Promise<'killed' | CrashOutcome>((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') {
        resolve('killed');
      } else if (code !== 0) {
        reject(
          new Error(
            `The process ended with ${code ?? signal}: ${err.slice(-3000)}`,
          ),
        );
      } else {
        resolve(JSON.parse(out.trim().split('\n').pop()!) as CrashOutcome);
      }
    });
  });
  return {
    outcome,
    kill: () => child.kill('SIGKILL'),
    get output() {
      return out;
    },
    printed: line =>
      Promise.race([
        new Promise<void>(resolve => {
          if (out.includes(line)) resolve();
          else waiting.set(line, resolve);
        }),
        outcome.then(() => {
          throw new Error(`It ended without printing '${line}': ${out}${err}`);
        }),
      ]),
  };
}

/** Runs `crashProcess.ts` to its end, however that comes. */
export function runCrashProcess(
  options: Record<string, unknown>,
): Promise<'killed' | CrashOutcome> {
  return startCrashProcess(options).outcome;
}

import { spawn } from 'node:child_process';
import { InputError, NotFoundError } from '@backstage/errors';
import { signalGroup } from './signalGroup';

/** One program to run to its end. There is never a shell in between. */
export interface ProcessRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Written to its standard input. */
  readonly input?: string | Buffer;
  readonly timeoutMs?: number;
  /** The most it may print; a program that prints more is ended. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
  readonly uid?: number;
  readonly gid?: number;
}

/** How a program ended. */
export interface ProcessOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ended with an exit code other than zero. */
export class ProcessFailedError extends Error {
  override readonly name = 'ProcessFailedError';
  readonly outcome: ProcessOutcome;

  constructor(run: ProcessRun, outcome: ProcessOutcome) {
    const said = (outcome.stderr.trim() || outcome.stdout.trim()).slice(-1000);
    super(
      `'${run.program} ${run.args
        .join(' ')
        .slice(0, 200)}' ended with exit code ${outcome.exitCode}: ${
        said || 'it printed nothing'
      }`,
    );
    this.outcome = outcome;
  }
}

/**
 * Runs a program to its end and answers how it ended, whatever its exit code. Rejects when it could
 * not be started, took too long, printed too much or was aborted; it and what it started are then gone.
 */
export async function runProcess(run: ProcessRun): Promise<ProcessOutcome> {
  const timeoutMs = run.timeoutMs ?? 60_000;
  const maxOutputBytes = run.maxOutputBytes ?? 16 * 1024 * 1024;
  run.signal?.throwIfAborted();

  return new Promise((resolve, reject) => {
    const child = spawn(run.program, [...run.args], {
      cwd: run.cwd,
      env: { ...run.env },
      uid: run.uid,
      gid: run.gid,
      shell: false,
      windowsHide: true,
      // A group of its own, so that all of it can be ended.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let printed = 0;
    let failure: Error | undefined;

    const end = (reason: Error) => {
      failure ??= reason;
      if (child.pid !== undefined) {
        signalGroup(child.pid, 'SIGKILL');
      }
    };
    const timer = setTimeout(
      () =>
        end(
          new Error(
            `'${run.program}' did not finish within ${
              timeoutMs / 1000
            } s and was ended; see whether it waits for a network or a lock`,
          ),
        ),
      timeoutMs,
    );
    const onAbort = () => end(new Error(`'${run.program}' was cancelled`));
    run.signal?.addEventListener('abort', onAbort, { once: true });

    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      printed += chunk.length;
      if (printed > maxOutputBytes) {
        end(
          new InputError(
            `'${run.program}' printed more than ${maxOutputBytes} bytes and was ended`,
          ),
        );
      } else {
        into.push(chunk);
      }
    };
    child.stdout.on('data', collect(stdout));
    child.stderr.on('data', collect(stderr));
    // A program may end without reading its input; its exit code tells more than EPIPE.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input ?? '');

    const settle = () => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onAbort);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(
        error.code === 'ENOENT'
          ? new NotFoundError(
              `The program '${run.program}' was not found, or its working directory is missing; install it and make sure it is on PATH`,
            )
          : error,
      );
    });
    child.on('close', (code, signal) => {
      settle();
      if (failure) {
        reject(failure);
        return;
      }
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8');
      resolve({
        exitCode: code ?? 128,
        stdout: text(stdout),
        stderr: signal
          ? `${text(stderr)}\nended by ${signal}`.trim()
          : text(stderr),
      });
    });
  });
}

/** Like `runProcess`, but an exit code other than zero is an error. */
export async function runProcessOrFail(
  run: ProcessRun,
): Promise<ProcessOutcome> {
  const outcome = await runProcess(run);
  if (outcome.exitCode !== 0) {
    throw new ProcessFailedError(run, outcome);
  }
  return outcome;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import {
  runProcess,
  runProcessOrFail,
  type ProcessOutcome,
} from '../exec/runProcess';
import type { GitOptions } from './gitOptions';

/** How one git command is run. */
export interface GitCall {
  readonly cwd?: string;
  readonly input?: string | Buffer;
}

/** Git with nothing of the machine's or the user's settings, and a folder to work in. */
export interface Git {
  /** A folder that is removed afterwards. */
  readonly workspace: string;
  /** Runs a command; answers what it printed. An exit code other than zero is an error. */
  run(args: readonly string[], call?: GitCall): Promise<string>;
  /** Runs a command whose exit code is an answer. */
  try(args: readonly string[], call?: GitCall): Promise<ProcessOutcome>;
}

const SETTINGS = `[user]
	name = Agentic Framework
	email = agentic@localhost
[init]
	defaultBranch = main
[core]
	hooksPath = /dev/null
	autocrlf = false
	fileMode = true
	quotePath = false
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
[advice]
	detachedHead = false
[safe]
	directory = *
`;

/**
 * Runs work with a git that reads one settings file, written here. A file, because git does not hand
 * `-c` settings to the other end of a push; with it hooks are off at both ends.
 */
export async function withGit<T>(
  options: GitOptions,
  signal: AbortSignal,
  work: (git: Git) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'agentic-git-'));
  try {
    const settings = path.join(home, 'settings');
    await writeFile(settings, SETTINGS);
    const env = minimalEnvironment({
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_GLOBAL: settings,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'file',
      GIT_OPTIONAL_LOCKS: '0',
    });
    const processOf = (args: readonly string[], call: GitCall = {}) => ({
      program: options.program,
      args,
      env,
      cwd: call.cwd ?? home,
      input: call.input,
      signal,
      timeoutMs: 120_000,
      maxOutputBytes: 64 * 1024 * 1024,
    });
    return await work({
      workspace: path.join(home, 'work'),
      run: async (args, call) =>
        (
          await runProcessOrFail(processOf(args, call))
        ).stdout,
      try: async (args, call) => runProcess(processOf(args, call)),
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

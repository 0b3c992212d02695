import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  readLocalTargetOptions,
  type LocalTargetOptions,
} from '../disk/localTargetOptions';
import { gitOptions, readGitOptions, type GitOptions } from '../git/gitOptions';

/** What a process of a service may use. */
export interface ProcessLimits {
  /** Memory for its data, in MiB, above what the Node runtime itself reserves. */
  readonly memoryMb: number;
  /** Processes and threads together. */
  readonly processes: number;
  readonly openFiles: number;
  /** Size of its log file, in MiB, at which the older half goes. */
  readonly logMb: number;
}

/** How services are run as processes of the portal's machine. */
export interface LocalProcessOptions extends LocalTargetOptions {
  readonly git: GitOptions;
  /** Ready-made dependencies, by the hash of the lock file. */
  readonly dependencyStore: string;
  readonly portRange: { readonly from: number; readonly to: number };
  readonly limits: ProcessLimits;
  /** The bubblewrap program, used where it is there and works; `undefined` to do without. */
  readonly bubblewrap: string | undefined;
  /** The prlimit program, used where it is there; `undefined` to do without. */
  readonly prlimit: string | undefined;
  /** The program that runs Node.js services. */
  readonly node: string;
  /** The program that runs Python services; `undefined` to look for one. */
  readonly python: string | undefined;
  /** The program that compiles Go services; `undefined` to look for one. */
  readonly go: string | undefined;
  /** How long a service may take until it answers. */
  readonly startTimeoutMs: number;
  /** How long a service may take to end before it is killed. */
  readonly stopTimeoutMs: number;
}

const DEFAULT_LIMITS: ProcessLimits = {
  memoryMb: 512,
  processes: 128,
  openFiles: 4096,
  logMb: 20,
};

/** The nearest folder above with a `backstage.json`, where the launcher keeps its cache; else the folder itself. */
function repositoryRoot(folder: string): string {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(path.join(at, 'backstage.json'))) {
      return at;
    }
  }
  return folder;
}

/** Options of a data folder, with the default of everything else. */
export function localProcessOptions(
  local: LocalTargetOptions,
  overrides: Partial<LocalProcessOptions> = {},
): LocalProcessOptions {
  return {
    ...local,
    git: gitOptions(local),
    dependencyStore: path.join(
      repositoryRoot(process.cwd()),
      '.cache/agentic/service-dependencies',
    ),
    portRange: { from: 21000, to: 21999 },
    limits: DEFAULT_LIMITS,
    bubblewrap: 'bwrap',
    prlimit: 'prlimit',
    node: process.execPath,
    python: undefined,
    go: undefined,
    startTimeoutMs: 45_000,
    stopTimeoutMs: 10_000,
    ...overrides,
  };
}

/** Options from `agentic.dataDir` and `agentic.local.*`. */
export function readLocalProcessOptions(config: Config): LocalProcessOptions {
  const number = (key: string, fallback: number, least: number) => {
    const value = config.getOptionalNumber(key) ?? fallback;
    if (!Number.isInteger(value) || value < least) {
      throw new InputError(
        `The configuration '${key}' is ${value}; it has to be a whole number of at least ${least}`,
      );
    }
    return value;
  };
  const prefix = 'agentic.local.process';
  const defaults = localProcessOptions(readLocalTargetOptions(config));
  const from = number(`${prefix}.portRange.from`, 21000, 1024);
  const store = config.getOptionalString('agentic.local.dependencyStore');
  return {
    ...defaults,
    git: readGitOptions(config),
    python: config.getOptionalString(`${prefix}.python`),
    go: config.getOptionalString(`${prefix}.go`),
    dependencyStore: store ? path.resolve(store) : defaults.dependencyStore,
    portRange: { from, to: number(`${prefix}.portRange.to`, from + 999, from) },
    limits: {
      memoryMb: number(`${prefix}.limits.memoryMb`, 512, 64),
      processes: number(`${prefix}.limits.processes`, 128, 32),
      openFiles: number(`${prefix}.limits.openFiles`, 4096, 64),
      logMb: number(`${prefix}.limits.logMb`, 20, 1),
    },
    bubblewrap:
      config.getOptionalBoolean(`${prefix}.bubblewrap`) === false
        ? undefined
        : defaults.bubblewrap,
  };
}

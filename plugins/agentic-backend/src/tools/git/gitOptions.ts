import type { Config } from '@backstage/config';
import path from 'node:path';
import {
  readLocalTargetOptions,
  type LocalTargetOptions,
} from '../disk/localTargetOptions';

/** Where repositories on disk are, and which git acts on them. */
export interface GitOptions extends LocalTargetOptions {
  /** Folder of the bare repositories. */
  readonly repositoriesDir: string;
  /** The git program. */
  readonly program: string;
}

/** Options from `agentic.dataDir` and `agentic.local.git.program`. */
export function readGitOptions(config: Config): GitOptions {
  return gitOptions(
    readLocalTargetOptions(config),
    config.getOptionalString('agentic.local.git.program'),
  );
}

/** Options of a data folder. */
export function gitOptions(
  local: LocalTargetOptions,
  program: string = 'git',
): GitOptions {
  return {
    ...local,
    repositoriesDir: path.join(local.dataDir, 'repositories'),
    program,
  };
}

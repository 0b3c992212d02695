import type { Config } from '@backstage/config';
import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import path from 'node:path';

/** What all parts of the local (development) target share. */
export interface LocalTargetOptions {
  /** Absolute path of the folder in which the local target keeps everything. */
  readonly dataDir: string;
  /** Whether the local target may act although `NODE_ENV` is `production`. Only for tests. */
  readonly allowProduction: boolean;
}

/** Reads `agentic.dataDir`, by default `.agentic` in the folder the portal was started in. */
export function readLocalTargetOptions(config: Config): LocalTargetOptions {
  return {
    dataDir: path.resolve(
      config.getOptionalString('agentic.dataDir') ?? '.agentic',
    ),
    allowProduction: false,
  };
}

/** The problem of using the local target in production, if it is one. */
export function productionProblems(options: LocalTargetOptions): Problem[] {
  if (process.env.NODE_ENV !== 'production' || options.allowProduction) {
    return [];
  }
  return [
    {
      field: 'environment',
      message:
        'The local target keeps repositories, databases and processes on the machine of the portal, which is for development only, and NODE_ENV is production',
      remedy:
        'Configure a Git host and a deployment target such as Argo CD, or start the portal without NODE_ENV=production',
    },
  ];
}

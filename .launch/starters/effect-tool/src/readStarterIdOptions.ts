import type { Config } from '@backstage/config';
import path from 'node:path';

/** What the tool acts with. */
export interface StarterIdOptions {
  readonly folder: string;
}

/** Reads `agentic.starterId`; `undefined` when it is not configured. */
export function readStarterIdOptions(
  config: Config,
): StarterIdOptions | undefined {
  const own = config.getOptionalConfig('agentic.starterId');
  return own && { folder: path.resolve(own.getString('folder')) };
}

import {
  createReadOnlyTool,
  type ReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import { isError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StarterIdOptions } from './readStarterIdOptions';
import { StarterIdParams, StarterIdResult } from './schema';

/** Reads a note from a folder. */
export function createStarterIdTool(
  options: StarterIdOptions,
): ReadOnlyTool<StarterIdParams, StarterIdResult> {
  return createReadOnlyTool<StarterIdParams, StarterIdResult>({
    id: 'starter.id',
    title: 'Starter title',
    description: 'Reads a note from a folder, or says that there is none.',
    schema: StarterIdParams,
    result: StarterIdResult,
    async read({ name }, { signal }) {
      const file = path.join(options.folder, `${name}.md`);
      try {
        return {
          exists: true,
          text: await readFile(file, { encoding: 'utf8', signal }),
        };
      } catch (error) {
        // Anything but "there is none" is an outage: the host tries again.
        if (isError(error) && error.code === 'ENOENT') {
          return { exists: false };
        }
        throw error;
      }
    },
  });
}

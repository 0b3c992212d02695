import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../..',
);

/** Absolute path of something in the repository. */
export const inRepository = (...parts) => path.join(root, ...parts);

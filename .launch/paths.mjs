import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository root; everything the launcher writes lies below it. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Absolute path of something in the repository. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** The launcher's own files: downloaded Node, stamps, logs. Safe to delete. */
export const launchCache = inRoot('.cache', 'launch');

/** What the portal remembers between starts. Deleting it resets the portal. */
export const dataFolder = inRoot('.agentic');

/** Programs that the documentation site is built with, once `npm run docs:site` has brought them. */
export const techdocsPrograms = inRoot(
  '.cache',
  'launch',
  'mkdocs',
  process.platform === 'win32' ? 'Scripts' : 'bin',
);

/** Where the ready-made dependencies of generated services are kept. */
export const serviceDependencyStore = inRoot(
  '.cache',
  'agentic',
  'service-dependencies',
);

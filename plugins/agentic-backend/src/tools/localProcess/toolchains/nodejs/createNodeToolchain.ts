import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { minimalEnvironment } from '../../../exec/minimalEnvironment';
import { runProcess } from '../../../exec/runProcess';
import type { LocalProcessOptions } from '../../localProcessOptions';
import type { Toolchain } from '../Toolchain';
import { provideNodeModules } from './provideNodeModules';
import { readNodeLaunch } from './readNodeLaunch';

/** Generated services are TypeScript that Node runs as it is, which it does from this version on. */
const MINIMUM_MAJOR = 24;

/** The version that a Node prints, or what kept it from printing one. */
async function versionOf({ node }: LocalProcessOptions): Promise<string> {
  if (node === process.execPath) {
    return process.version;
  }
  return runProcess({
    program: node,
    args: ['--version'],
    env: minimalEnvironment(),
    timeoutMs: 10_000,
  }).then(
    outcome => outcome.stdout.trim(),
    error => (error as Error).message,
  );
}

/** Runs Node.js services with the Node that runs the portal. */
export function createNodeToolchain(options: LocalProcessOptions): Toolchain {
  return {
    language: 'nodejs',
    title: 'Node.js',
    manifest: 'package.json',
    // 574 MiB measured with 24.21.
    reserveMb: 640,
    async report() {
      const printed = await versionOf(options);
      const major = Number(/^v(\d+)\./.exec(printed)?.[1] ?? 0);
      return major >= MINIMUM_MAJOR
        ? { id: 'nodejs', available: true, detail: printed.slice(1) }
        : {
            id: 'nodejs',
            available: false,
            detail: `Generated services need Node.js ${MINIMUM_MAJOR} or later; the portal runs with '${printed}'`,
          };
    },
    readLaunch: readNodeLaunch,
    provide: (folder, signal) => provideNodeModules(options, folder, signal),
    async command({ folder, argv, memoryMb }) {
      const node = await realpath(options.node);
      const modules = await readlink(path.join(folder, 'node_modules')).catch(
        () => undefined,
      );
      return {
        program: node,
        args: [`--max-old-space-size=${Math.floor(memoryMb * 0.75)}`, ...argv],
        check: [node, '--version'],
        readable: [node, ...(modules ? [modules] : [])],
        environment: { NODE_ENV: 'production' },
      };
    },
  };
}

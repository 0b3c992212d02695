import { ServiceUnavailableError } from '@backstage/errors';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { LocalProcessOptions } from '../../localProcessOptions';
import type { Toolchain } from '../Toolchain';
import { buildProgram } from './buildProgram';
import { GO_NEEDED, rememberGo, type Go } from './findGo';
import { provideModules } from './provideModules';
import { commandOf, readGoLaunch } from './readGoLaunch';

/** Builds Go services with a Go of this machine from the modules of their lock; what runs is the program. */
export function createGoToolchain(options: LocalProcessOptions): Toolchain {
  const find = rememberGo(options.go);
  // What this process has built itself; a program that came with the repository does not count.
  const built = new Set<string>();
  const need = async (): Promise<Go> => {
    const go = await find();
    if (!go) {
      throw new ServiceUnavailableError(
        `There is no ${GO_NEEDED} on this machine; install it and try again`,
      );
    }
    return go;
  };

  return {
    language: 'go',
    title: 'Go',
    manifest: 'go.mod',
    reserveMb: 128,
    async report() {
      const go = await find();
      return go
        ? { id: 'go', available: true, detail: go.version }
        : {
            id: 'go',
            available: false,
            detail: `Generated services need ${GO_NEEDED}; ${
              options.go ? `'${options.go}' is not that` : 'none was found'
            }`,
          };
    },
    readLaunch: readGoLaunch,
    async provide(folder, signal) {
      const { argv, migrate } = await readGoLaunch(folder);
      const commands = new Set([argv, migrate ?? argv].map(commandOf));
      for (const command of commands) {
        const program = path.join(folder, 'bin', command);
        const isThere = await access(program).then(
          () => true,
          () => false,
        );
        if (built.has(program) && isThere) {
          continue;
        }
        const go = await need();
        const modules = await provideModules(
          { store: options.dependencyStore, go },
          folder,
          signal,
        );
        const cache = path.join(options.dependencyStore, 'go-build');
        await buildProgram({ go, folder, command, modules, cache, signal });
        built.add(program);
      }
    },
    async command({ folder, argv, memoryMb }) {
      return {
        program: path.join(folder, 'bin', commandOf(argv)),
        args: argv.slice(1),
        check: ['true'],
        readable: [],
        environment: { GOMEMLIMIT: `${Math.floor(memoryMb * 0.75)}MiB` },
      };
    },
  };
}

import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import type { LocalProcessOptions } from '../../localProcessOptions';
import {
  LaunchDescription,
  readLaunchFile,
  withoutRuntime,
} from '../launchFile';
import type { Toolchain } from '../Toolchain';
import { PYTHON_NEEDED, rememberPython, type Python } from './findPython';
import { provideVenv } from './provideVenv';

const MANIFEST = 'pyproject.toml';
const Manifest = z.object({
  project: z.object({ name: z.string(), version: z.string() }),
});

async function readPythonLaunch(folder: string): Promise<LaunchDescription> {
  const text = await readFileIfThere(path.join(folder, MANIFEST));
  const own = await readLaunchFile(folder);
  const manifest = Manifest.safeParse(
    text === undefined ? undefined : parse(text),
  );
  const parsed = LaunchDescription.safeParse({
    ...own,
    ...manifest.data?.project,
    argv: withoutRuntime('python', own.argv),
    migrate: withoutRuntime('python', own.migrate),
  });
  if (!parsed.success) {
    throw new InputError(
      `The repository does not say how to start the service; give it '${MANIFEST}' with the name and version of the project, and '.agentic/launch.json' with an argv of the form ["python", "-m", "app"]`,
    );
  }
  return parsed.data;
}

/** Runs Python services with a Python of this machine, each with the environment of its lock file. */
export function createPythonToolchain(options: LocalProcessOptions): Toolchain {
  const find = rememberPython(options.python);
  const need = async (): Promise<Python> => {
    const python = await find();
    if (!python) {
      throw new ServiceUnavailableError(
        `There is no ${PYTHON_NEEDED} on this machine; install it and try again`,
      );
    }
    return python;
  };

  return {
    language: 'python',
    title: 'Python',
    manifest: MANIFEST,
    reserveMb: 128,
    async report() {
      const python = await find();
      return python
        ? { id: 'python', available: true, detail: python.version }
        : {
            id: 'python',
            available: false,
            detail: `Generated services need ${PYTHON_NEEDED}; ${
              options.python
                ? `'${options.python}' is not that`
                : 'none was found'
            }`,
          };
    },
    readLaunch: readPythonLaunch,
    async provide(folder, signal) {
      const python = await need();
      await provideVenv(
        { store: options.dependencyStore, python },
        folder,
        signal,
      );
    },
    async command({ folder, argv }) {
      const { executable, prefix } = await need();
      const venv = await readlink(path.join(folder, '.venv')).catch(
        () => undefined,
      );
      const program = venv ? path.join(venv, 'bin', 'python') : executable;
      return {
        program,
        args: argv,
        check: [program, '--version'],
        readable: [
          executable,
          ...(venv ? [venv] : []),
          ...(prefix === '/usr' ? [] : [prefix]),
        ],
        environment: {
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHONNOUSERSITE: '1',
          PYTHONUNBUFFERED: '1',
        },
      };
    },
  };
}

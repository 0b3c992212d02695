import { InputError } from '@backstage/errors';
import path from 'node:path';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import { LaunchDescription, readLaunchFile } from '../launchFile';

/** Where the program of `./cmd/<name>` is put. */
const PROGRAM = /^(?:\.\/)?bin\/([a-z0-9][a-z0-9-]{0,62})$/;

/** The name of the command that an argv runs, which is that of its folder under `cmd`. */
export function commandOf(argv: readonly string[]): string {
  const [, name] = PROGRAM.exec(argv[0]) ?? [];
  if (name === undefined) {
    throw new InputError(
      `A Go service is started with a program of its own, for example './bin/service', and not with '${argv[0]}'`,
    );
  }
  return name;
}

/** The value of a string constant of a Go file, where it is written down plainly. */
function constant(source: string, name: string): string | undefined {
  return new RegExp(`^const ${name} = "([^"\\\\]+)"$`, 'm').exec(source)?.[1];
}

/**
 * Reads how to start the service in a folder: the programs from `.agentic/launch.json`, the name and
 * version from there or from the constants of `service.go`. Only programs that are built from the
 * repository's own `cmd` are started.
 */
export async function readGoLaunch(folder: string): Promise<LaunchDescription> {
  const read = (name: string) => readFileIfThere(path.join(folder, name));
  const identity = (await read('service.go')) ?? '';
  const own = await readLaunchFile(folder);
  const parsed = LaunchDescription.safeParse({
    name: constant(identity, 'Name'),
    version: constant(identity, 'Version'),
    ...own,
  });
  if (!parsed.success) {
    throw new InputError(
      `The repository does not say how to start the service; give it 'service.go' with the constants Name and Version, and '.agentic/launch.json' with an argv of the form ["./bin/service"]`,
    );
  }
  const { argv, migrate } = parsed.data;
  commandOf(argv);
  commandOf(migrate ?? argv);
  return parsed.data;
}

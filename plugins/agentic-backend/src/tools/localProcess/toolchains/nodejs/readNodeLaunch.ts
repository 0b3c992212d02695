import { InputError } from '@backstage/errors';
import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import {
  LaunchDescription,
  readLaunchFile,
  withoutRuntime,
} from '../launchFile';

const Manifest = z.object({
  name: z.string(),
  version: z.string().default('0.0.0'),
  scripts: z.record(z.string(), z.string()).default({}),
});

/** Arguments after `node` of a script that calls Node with plain words and nothing else. */
function plainNodeCall(script: string | undefined): string[] | undefined {
  return script && /^node( [\w@./:=,+-]+)+$/.test(script)
    ? script.split(' ').slice(1)
    : undefined;
}

/**
 * Reads how to start the service in a folder: from `.agentic/launch.json`, or from the scripts
 * `start` and `migrate` of its `package.json` where these are plain calls of Node. No shell is ever
 * involved, so a script with shell syntax is refused.
 */
export async function readNodeLaunch(
  folder: string,
): Promise<LaunchDescription> {
  const manifestText = await readFileIfThere(path.join(folder, 'package.json'));
  if (manifestText === undefined) {
    throw new InputError(
      "The repository has no 'package.json', so it is no Node.js service",
    );
  }
  const manifest = Manifest.parse(JSON.parse(manifestText));
  const own = await readLaunchFile(folder);
  const parsed = LaunchDescription.safeParse({
    ...own,
    name: manifest.name,
    version: manifest.version,
    argv:
      withoutRuntime('node', own.argv) ?? plainNodeCall(manifest.scripts.start),
    migrate:
      withoutRuntime('node', own.migrate) ??
      plainNodeCall(manifest.scripts.migrate),
  });
  if (!parsed.success) {
    throw new InputError(
      "The repository does not say how to start the service; give 'package.json' a script 'start' of the form 'node src/main.ts'",
    );
  }
  return parsed.data;
}

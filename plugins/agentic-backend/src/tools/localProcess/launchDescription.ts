import { InputError } from '@backstage/errors';
import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere } from '../disk/readFileIfThere';

const Argument = z.string().min(1).max(500);
const HttpPath = z.string().regex(/^\/[\w./-]*$/);

const LaunchDescription = z.object({
  /** Arguments of Node that start the service. */
  argv: z.array(Argument).min(1),
  /** Arguments of Node that bring the database's schema up to date. */
  migrate: z.array(Argument).min(1).optional(),
  healthPath: HttpPath.default('/health'),
  readinessPath: HttpPath.default('/ready'),
});

/** How a service is started, as its own repository says. */
export interface LaunchDescription extends z.infer<typeof LaunchDescription> {
  readonly name: string;
  readonly version: string;
}

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

function withoutNode(argv: readonly string[] | undefined) {
  return argv?.[0] === 'node' ? argv.slice(1) : argv;
}

/**
 * Reads how to start the service in a folder: from `.agentic/launch.json`, or from the scripts
 * `start` and `migrate` of its `package.json` where these are plain calls of Node. No shell is ever
 * involved, so a script with shell syntax is refused.
 */
export async function readLaunchDescription(
  folder: string,
): Promise<LaunchDescription> {
  const manifestText = await readFileIfThere(path.join(folder, 'package.json'));
  if (manifestText === undefined) {
    throw new InputError(
      "The repository has no 'package.json', so this target cannot run it; it runs Node.js services only",
    );
  }
  const manifest = Manifest.parse(JSON.parse(manifestText));
  const ownText = await readFileIfThere(
    path.join(folder, '.agentic', 'launch.json'),
  );
  const own = ownText === undefined ? {} : JSON.parse(ownText);
  const parsed = LaunchDescription.safeParse({
    ...own,
    argv: withoutNode(own.argv) ?? plainNodeCall(manifest.scripts.start),
    migrate:
      withoutNode(own.migrate) ?? plainNodeCall(manifest.scripts.migrate),
  });
  if (!parsed.success) {
    throw new InputError(
      "The repository does not say how to start the service; give 'package.json' a script 'start' of the form 'node src/main.ts'",
    );
  }
  return { ...parsed.data, name: manifest.name, version: manifest.version };
}

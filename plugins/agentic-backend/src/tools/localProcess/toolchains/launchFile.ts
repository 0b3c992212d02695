import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere } from '../../disk/readFileIfThere';

const Argument = z.string().min(1).max(500);
const HttpPath = z.string().regex(/^\/[\w./-]*$/);

/** How a service is started, as its own repository says. */
export const LaunchDescription = z.object({
  name: z.string(),
  version: z.string(),
  /** What starts the service, in the words of its toolchain. */
  argv: z.array(Argument).min(1),
  /** What brings the schema of the database up to date. */
  migrate: z.array(Argument).min(1).optional(),
  healthPath: HttpPath.default('/health'),
  readinessPath: HttpPath.default('/ready'),
});
export type LaunchDescription = z.infer<typeof LaunchDescription>;

const LaunchFile = z.looseObject({
  language: z.string().optional(),
  argv: z.array(Argument).optional(),
  migrate: z.array(Argument).optional(),
});
/** What `.agentic/launch.json` of a repository says; nothing where there is none. */
export type LaunchFile = z.infer<typeof LaunchFile>;

/** Reads `.agentic/launch.json`, which wins over what a toolchain finds elsewhere. */
export async function readLaunchFile(folder: string): Promise<LaunchFile> {
  const text = await readFileIfThere(
    path.join(folder, '.agentic', 'launch.json'),
  );
  return text === undefined ? {} : LaunchFile.parse(JSON.parse(text));
}

/** The arguments after the name of the runtime, which a launch file may leave out. */
export function withoutRuntime(
  runtime: string,
  argv: readonly string[] | undefined,
): readonly string[] | undefined {
  return argv?.[0] === runtime ? argv.slice(1) : argv;
}

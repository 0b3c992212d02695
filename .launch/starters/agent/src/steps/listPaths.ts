import type { ArtifactReader } from '@agentic-backstage/plugin-agentic-node';

/** The paths of every file that the workflow has made so far, each once. */
export async function listPaths(artifacts: ArtifactReader): Promise<string[]> {
  const made = await artifacts.list();
  return [
    ...new Set(made.flatMap(({ files }) => files.map(({ path }) => path))),
  ].sort();
}

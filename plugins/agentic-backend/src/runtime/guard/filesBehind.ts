import type { ToolContext } from '@agentic-backstage/plugin-agentic-node';

/** The files of the artifacts that parameters name in `artifactIds`, for policies to look into. */
export async function filesBehind(
  params: Record<string, unknown>,
  context: Pick<ToolContext, 'artifacts'>,
): Promise<Awaited<ReturnType<ToolContext['artifacts']['files']>>> {
  const ids = Array.isArray(params.artifactIds) ? params.artifactIds : [];
  const sets = await Promise.all(
    ids
      .filter((id): id is string => typeof id === 'string')
      .map(id => context.artifacts.files(id)),
  );
  return sets.flat();
}

import type {
  ArtifactFileInput,
  ArtifactReader,
} from '@agentic-backstage/plugin-agentic-node';

/**
 * The files of every artifact of the workflow but this task's own reports. When two artifacts have
 * the same path with the same content it is one file, as it will be in the repository.
 */
export async function collectFiles(
  artifacts: ArtifactReader,
  ownTaskId: string,
): Promise<ArtifactFileInput[]> {
  const others = (await artifacts.list()).filter(
    ({ taskId }) => taskId !== ownTaskId,
  );
  const sets = await Promise.all(
    others.map(({ artifactId }) => artifacts.files(artifactId)),
  );
  const files = new Map<string, ArtifactFileInput>();
  for (const file of sets.flat()) {
    files.set(`${file.path}\0${file.content}`, file);
  }
  return [...files.values()];
}

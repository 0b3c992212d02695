import type { Artifact } from '@agentic-backstage/plugin-agentic-common';

/** One file to be kept. Content is UTF-8 text; `path` is relative, with forward slashes, without `..`. */
export interface ArtifactFileInput {
  readonly path: string;
  readonly content: string;
  readonly executable?: boolean;
}

/** Read access to the artifacts of one workflow. */
export interface ArtifactReader {
  /** The artifacts of this workflow's finished and running tasks, in the order of the tasks, oldest first within one. */
  list(): Promise<Artifact[]>;
  /** Every file of one artifact with its content. Throws `NotFoundError` for an artifact of another workflow. */
  files(artifactId: string): Promise<ArtifactFileInput[]>;
}

/** Write access for the agent that makes artifacts. */
export interface ArtifactStore extends ArtifactReader {
  /** Keeps a file set. The same files give the same id; saving twice is no error. */
  save(options: {
    name: string;
    files: readonly ArtifactFileInput[];
    template?: string;
    templateHash?: string;
  }): Promise<Artifact>;
}

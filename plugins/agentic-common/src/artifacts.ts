import { z } from 'zod';

/** Where an artifact came from: enough to answer "who made this, from what, and why". */
export const Provenance = z.object({
  requestId: z.string(),
  planHash: z.string(),
  agent: z.string(),
  agentVersion: z.string(),
  requestedBy: z.string(),
  template: z.string().optional(),
  templateHash: z.string().optional(),
  model: z.string().optional(),
  promptHash: z.string().optional(),
});
export type Provenance = z.infer<typeof Provenance>;

/** One file of an artifact without its content. `digest` is the SHA-256 of the content. */
export const ArtifactFile = z.object({
  path: z.string(),
  size: z.number().int().nonnegative(),
  digest: z.string(),
  executable: z.boolean(),
});
export type ArtifactFile = z.infer<typeof ArtifactFile>;

/** A content-addressed set of files. `artifactId` is the SHA-256 over its sorted paths, modes and digests. */
export const Artifact = z.object({
  artifactId: z.string(),
  workflowId: z.string().optional(),
  taskId: z.string().optional(),
  name: z.string(),
  createdAt: z.string(),
  provenance: Provenance,
  files: z.array(ArtifactFile),
});
export type Artifact = z.infer<typeof Artifact>;

/** One file with its content as UTF-8 text. */
export const ArtifactFileContent = ArtifactFile.extend({
  content: z.string(),
  /** Content of the same path in the version that an earlier attempt of the task made, when there was one. */
  previousContent: z.string().optional(),
});
export type ArtifactFileContent = z.infer<typeof ArtifactFileContent>;

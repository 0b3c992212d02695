import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import type {
  ArtifactFileInput,
  ArtifactReader,
} from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';

/** Limits of what is published at once. */
export const FILE_SET_LIMITS = {
  files: 2000,
  bytesPerFile: 1024 * 1024,
  bytes: 20 * 1024 * 1024,
} as const;

/** One file as git will keep it. `blob` is the object id, computed here and not by git. */
export interface PublishedFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly blob: string;
  readonly content: Buffer;
}

/** Says what is wrong with a path, if anything is. */
export function problemOfPath(filePath: string): string | undefined {
  const parts = filePath.split('/');
  if (filePath === '' || filePath.length > 400) {
    return 'is empty or longer than 400 characters';
  }
  if (filePath.startsWith('/') || /^[a-zA-Z]:/.test(filePath)) {
    return 'is absolute';
  }
  // eslint would call a control-character class a mistake; the code points are compared instead.
  if ([...filePath].some(c => c < ' ' || c === '\\' || c === '\u007f')) {
    return 'contains a backslash or a control character';
  }
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    return "contains an empty, '.' or '..' part";
  }
  // Case folding and trailing dots or blanks: some file systems take these for .git as well.
  if (
    parts.some(part => /^(\.git|git~\d+)$/i.test(part.replace(/[. ]+$/, '')))
  ) {
    return "contains a part that a file system may take for '.git'";
  }
  if (
    parts.some(part =>
      /[\u200c-\u200f\u202a-\u202e\u2066-\u206f\ufeff]/.test(part),
    )
  ) {
    return 'contains an invisible character';
  }
  return undefined;
}

function publishedFile(file: ArtifactFileInput): PublishedFile {
  const content = Buffer.from(file.content, 'utf8');
  return {
    path: file.path,
    mode: file.executable ? '100755' : '100644',
    blob: createHash('sha1')
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest('hex'),
    content,
  };
}

/**
 * The files of several artifacts as one set, sorted by path, with everything that keeps them from
 * being published: unsafe paths, sizes, and a path that two artifacts fill differently.
 */
export async function collectFileSet(
  artifacts: ArtifactReader,
  artifactIds: readonly string[],
): Promise<{ files: PublishedFile[]; problems: Problem[] }> {
  const files = new Map<string, PublishedFile>();
  const problems: Problem[] = [];
  const refuse = (message: string, remedy: string) =>
    problems.push({ field: 'artifactIds', message, remedy });
  let bytes = 0;

  for (const artifactId of artifactIds) {
    for (const input of await artifacts.files(artifactId)) {
      const named = JSON.stringify(input.path);
      const pathProblem = problemOfPath(input.path);
      if (pathProblem) {
        refuse(
          `The path ${named} of artifact ${artifactId} ${pathProblem}`,
          'Generate the file under a plain relative path with forward slashes',
        );
        continue;
      }
      const file = publishedFile(input);
      const other = files.get(file.path);
      if (other && (other.blob !== file.blob || other.mode !== file.mode)) {
        refuse(
          `The path ${named} has different content in artifact ${artifactId} than in an artifact before it`,
          'Have one artifact own the file, or generate it the same in both',
        );
      }
      if (file.content.length > FILE_SET_LIMITS.bytesPerFile) {
        refuse(
          `The file ${named} has ${file.content.length} bytes; the most is ${FILE_SET_LIMITS.bytesPerFile}`,
          'Keep large files out of the repository',
        );
      }
      bytes += other ? 0 : file.content.length;
      files.set(file.path, file);
    }
  }

  for (const filePath of files.keys()) {
    const parents = filePath.split('/').slice(0, -1);
    const taken = parents
      .map((_, index) => parents.slice(0, index + 1).join('/'))
      .find(parent => files.has(parent));
    if (taken) {
      refuse(
        `'${taken}' is a file and at the same time the folder of '${filePath}'`,
        'Rename one of them',
      );
    }
  }
  if (files.size === 0) {
    refuse('The artifacts have no files', 'Generate the service first');
  }
  if (files.size > FILE_SET_LIMITS.files || bytes > FILE_SET_LIMITS.bytes) {
    refuse(
      `There are ${files.size} files with ${bytes} bytes; the most is ${FILE_SET_LIMITS.files} files with ${FILE_SET_LIMITS.bytes} bytes`,
      'Publish fewer files at once',
    );
  }
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems,
  };
}

/** Like `collectFileSet`, but any problem is an error. */
export async function requireFileSet(
  artifacts: ArtifactReader,
  artifactIds: readonly string[],
): Promise<PublishedFile[]> {
  const { files, problems } = await collectFileSet(artifacts, artifactIds);
  if (problems.length > 0) {
    throw new InputError(
      problems
        .map(({ message, remedy }) => `${message}. ${remedy}.`)
        .join('\n'),
    );
  }
  return files;
}

import type { ArtifactFile } from '@agentic-backstage/plugin-agentic-common';
import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { posix } from 'node:path';
import { digestOf, digestOfText } from '../runtime/canonicalJson';
import { secretMasks } from '../runtime/redactValues';

const MAX_FILES = 2000;
const MAX_TOTAL_BYTES = 20 * 1024 * 1024;

/** Refuses a path that could leave the folder it will be written to. */
export function checkArtifactPath(path: string): void {
  const clean = posix.normalize(path);
  if (
    path === '' ||
    path.length > 400 ||
    clean !== path ||
    path.startsWith('/') ||
    path.split('/').some(part => ['', '.', '..', '.git'].includes(part)) ||
    [...path].some(character => character < ' ' || character === '\\')
  ) {
    throw new InputError(
      `'${path.slice(
        0,
        100,
      )}' is not a path inside an artifact; use a relative path with forward slashes, without '..' and '.git'`,
    );
  }
}

/** The files of an artifact without their content, sorted by path, and the id they make. */
export function describeFiles(files: readonly ArtifactFileInput[]): {
  artifactId: string;
  files: ArtifactFile[];
} {
  const described = files
    .map(file => ({
      path: file.path,
      size: Buffer.byteLength(file.content),
      digest: digestOfText(file.content),
      executable: file.executable ?? false,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { artifactId: digestOf(described), files: described };
}

/** Files are kept and published as they are: masked they would be broken, so they are refused. */
function refuseSecrets({ path, content }: ArtifactFileInput): void {
  if (secretMasks.finds(content) || secretMasks.finds(path)) {
    throw new InputError(
      `The file '${secretMasks.mask(
        path,
      )}' has the value of a secret in it; write the reference of the secret and have it resolved where it is used`,
    );
  }
}

/** Describes the files of an artifact. Throws when a path, a content, or the size of all of them may not be kept. */
export function requireKeepable(
  name: string,
  inputs: readonly ArtifactFileInput[],
): { artifactId: string; files: ArtifactFile[] } {
  inputs.forEach(file => checkArtifactPath(file.path));
  inputs.forEach(refuseSecrets);
  const described = describeFiles(inputs);
  const { files } = described;
  if (new Set(files.map(file => file.path)).size !== files.length) {
    throw new InputError(`Artifact '${name}' has two files with the same path`);
  }
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > MAX_FILES || bytes > MAX_TOTAL_BYTES) {
    throw new InputError(
      `Artifact '${name}' has ${files.length} files and ${bytes} bytes; at most ${MAX_FILES} files and ${MAX_TOTAL_BYTES} bytes can be kept`,
    );
  }
  return described;
}

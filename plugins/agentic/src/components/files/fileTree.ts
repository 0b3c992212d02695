import type { ArtifactFile } from '@agentic-backstage/plugin-agentic-common';

/** A folder with its folders and files, each sorted by name. */
export interface Folder {
  readonly name: string;
  readonly path: string;
  readonly folders: readonly Folder[];
  readonly files: readonly ArtifactFile[];
}

function folderOf(
  name: string,
  path: string,
  files: readonly ArtifactFile[],
): Folder {
  const depth = path === '' ? 0 : path.split('/').length;
  const own: ArtifactFile[] = [];
  const below = new Map<string, ArtifactFile[]>();
  for (const file of files) {
    const parts = file.path.split('/');
    if (parts.length === depth + 1) {
      own.push(file);
    } else {
      const child = parts[depth];
      below.set(child, [...(below.get(child) ?? []), file]);
    }
  }
  return {
    name,
    path,
    files: own.sort((one, other) => one.path.localeCompare(other.path)),
    folders: [...below]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([child, members]) =>
        folderOf(child, path === '' ? child : `${path}/${child}`, members),
      ),
  };
}

/** Arranges a flat list of files by their folders. */
export function fileTree(files: readonly ArtifactFile[]): Folder {
  return folderOf('', '', files);
}

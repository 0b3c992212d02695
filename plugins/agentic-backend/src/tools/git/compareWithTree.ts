import type { TreeFile } from './BareRepository';
import type { PublishedFile } from './fileSet';

/** The first difference between what was to be published and what a commit holds; `undefined` when every file is right. */
export function compareWithTree(
  files: readonly PublishedFile[],
  tree: readonly TreeFile[],
): string | undefined {
  const present = new Map(tree.map(file => [file.path, file]));
  for (const file of files) {
    const there = present.get(file.path);
    if (!there) {
      return `the file ${file.path} is missing`;
    }
    if (there.blob !== file.blob) {
      return `the file ${file.path} has object id ${there.blob}, expected ${file.blob}`;
    }
    if (there.mode !== file.mode) {
      return `the file ${file.path} has mode ${there.mode}, expected ${file.mode}`;
    }
  }
  return undefined;
}

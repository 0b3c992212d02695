import type { HclBlock } from '../../hcl/ast';

/** A block, and the file that it stands in. */
export interface SourceBlock {
  readonly block: HclBlock;
  readonly file: string;
}

/** The blocks of every folder of a tree, by folder. */
export type TerraformTree = ReadonlyMap<string, readonly SourceBlock[]>;

/** The folder that `source` names, seen from `folder`. */
export function folderOf(folder: string, source: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of source.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

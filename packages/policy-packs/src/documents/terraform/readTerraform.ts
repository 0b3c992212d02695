import type { HclBody } from '../../hcl/ast';
import { evaluateExpression } from '../../hcl/evaluateExpression';
import { HclSyntaxError } from '../../hcl/HclReader';
import { parseHcl } from '../../hcl/parseHcl';
import type { SourceFile } from '../../FileCheck';
import type { Documents, Unchecked } from '../Resource';
import type { Value } from '../Value';
import { TerraformModule } from './TerraformModule';
import { folderOf } from './TerraformTree';
import type { SourceBlock } from './TerraformTree';

const GIVEN_VALUES = /(^|\/)(terraform\.tfvars|[^/]+\.auto\.tfvars)$/;

interface ParsedFile {
  readonly path: string;
  readonly folder: string;
  readonly body: HclBody;
}

function parseAll(
  files: readonly SourceFile[],
  unchecked: Unchecked[],
): ParsedFile[] {
  return files.flatMap(({ path, content }) => {
    try {
      return [
        {
          path,
          folder: path.split('/').slice(0, -1).join('/'),
          body: parseHcl(content),
        },
      ];
    } catch (error) {
      if (!(error instanceof HclSyntaxError)) {
        throw error;
      }
      unchecked.push({
        file: path,
        line: error.line,
        reason: `The HCL cannot be read: ${error.message}`,
      });
      return [];
    }
  });
}

function calledFolders(
  tree: ReadonlyMap<string, readonly SourceBlock[]>,
): Set<string> {
  const called = new Set<string>();
  for (const [folder, blocks] of tree) {
    for (const { block } of blocks) {
      const source =
        block.type === 'module' &&
        block.body.attributes.find(({ name }) => name === 'source');
      if (source && source.value.kind === 'literal') {
        const target = folderOf(folder, String(source.value.value));
        if (target !== folder) {
          called.add(target);
        }
      }
    }
  }
  return called;
}

function givenValues(
  files: readonly ParsedFile[],
  folder: string,
): Record<string, Value> {
  return Object.fromEntries(
    files
      .filter(file => file.folder === folder && GIVEN_VALUES.test(file.path))
      .flatMap(({ body }) =>
        body.attributes.map(({ name, value }): [string, Value] => [
          name,
          evaluateExpression(value, { resolve: () => undefined }),
        ]),
      ),
  );
}

/**
 * Reads a tree of Terraform: variables with their defaults and `.tfvars`, locals, `count`, `for_each`,
 * `dynamic` and modules of the same tree are worked out as far as the text settles them.
 */
export function readTerraform(files: readonly SourceFile[]): Documents {
  const unchecked: Unchecked[] = [];
  const parsed = parseAll(files, unchecked);
  const tree = new Map<string, SourceBlock[]>();
  for (const { path, folder, body } of parsed) {
    const blocks = tree.get(folder) ?? [];
    blocks.push(...body.blocks.map(block => ({ block, file: path })));
    tree.set(folder, blocks);
  }
  const called = calledFolders(tree);
  const roots = [...tree.keys()].filter(folder => !called.has(folder));
  // Where every folder is called by another one there is a circle, and any of them may stand for all.
  const starts = roots.length > 0 ? roots : [...tree.keys()].slice(0, 1);
  const resources = starts.flatMap(folder => {
    const root = new TerraformModule(tree, folder, givenValues(parsed, folder));
    const made = root.resources();
    unchecked.push(...root.unchecked);
    return made;
  });
  return { resources, unchecked };
}

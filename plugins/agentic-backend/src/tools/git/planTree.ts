import type { PlannedChange } from '@agentic-backstage/plugin-agentic-common';
import type { TreeFile } from './BareRepository';
import type { PublishedFile } from './fileSet';

/** What publishing a file set does to a tree. */
export interface TreePlan {
  readonly create: readonly PublishedFile[];
  readonly update: readonly PublishedFile[];
  readonly remove: readonly string[];
  readonly unchanged: number;
}

/**
 * Compares a file set with a tree. A file of the tree that the set lacks is removed only when the
 * framework had put it there; what people added stays.
 */
export function planTree(options: {
  tree: readonly TreeFile[];
  managed: ReadonlySet<string>;
  files: readonly PublishedFile[];
}): TreePlan {
  const { tree, managed, files } = options;
  const present = new Map(tree.map(file => [file.path, file]));
  const wanted = new Set(files.map(file => file.path));
  const changed = files.filter(file => {
    const there = present.get(file.path);
    return there && (there.blob !== file.blob || there.mode !== file.mode);
  });
  const create = files.filter(file => !present.has(file.path));
  return {
    create,
    update: changed,
    remove: tree
      .map(file => file.path)
      .filter(filePath => managed.has(filePath) && !wanted.has(filePath)),
    unchanged: files.length - create.length - changed.length,
  };
}

const MAX_LISTED = 100;

/** The plan as changes for the approver; a long list is cut, and says how long it was. */
export function plannedChanges(plan: TreePlan): PlannedChange[] {
  const sized = (file: PublishedFile) => `${file.content.length} bytes`;
  const changes: PlannedChange[] = [
    ...plan.create.map(file => ({
      action: 'create' as const,
      resource: file.path,
      detail: sized(file),
    })),
    ...plan.update.map(file => ({
      action: 'update' as const,
      resource: file.path,
      detail: sized(file),
    })),
    ...plan.remove.map(filePath => ({
      action: 'delete' as const,
      resource: filePath,
      detail: 'published by the framework before, not part of the service now',
    })),
  ];
  if (changes.length <= MAX_LISTED) {
    return changes;
  }
  const rest = changes.slice(MAX_LISTED);
  const count = (action: PlannedChange['action']) =>
    rest.filter(change => change.action === action).length;
  return [
    ...changes.slice(0, MAX_LISTED),
    {
      action: rest[0].action,
      resource: `${rest.length} more files`,
      detail: `${count('create')} created, ${count('update')} updated, ${count(
        'delete',
      )} deleted`,
    },
  ];
}

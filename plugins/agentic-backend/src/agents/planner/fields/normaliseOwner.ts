import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { quoted } from '../reading/quoted';

const PART = '[a-z0-9]+(?:[-_.][a-z0-9]+)*';
const NAMESPACE = '[a-z0-9]+(?:-[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:(group|user):)?(?:(${NAMESPACE})/)?(${PART})$`,
  'i',
);

/** An owner as a full entity reference, or what is wrong with it. A plain name is a group. */
export function normaliseOwner(
  owner: string,
  field: string,
): { readonly owner: string } | { readonly problem: Problem } {
  const match = owner.length <= 150 ? REFERENCE.exec(owner) : null;
  if (!match || match[3].length > 63 || (match[2]?.length ?? 0) > 63) {
    return {
      problem: {
        field,
        message: `the owner ${quoted(
          owner,
        )} is not a group or user of the catalog`,
        remedy:
          'Use an entity reference such as “group:default/team-a” or “user:default/ada”, or the plain name of a group.',
      },
    };
  }
  const [, kind = 'group', namespace = 'default', name] = match;
  return { owner: `${kind}:${namespace}/${name}`.toLowerCase() };
}

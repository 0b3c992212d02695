import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/** Who signs which half of an approval, as full lower-case entity refs of groups or users. */
export interface ApproverGroups {
  readonly strategic: readonly string[];
  readonly final: readonly string[];
}

/** Reads `agentic.approvals.roles`, the same lists the framework enforces. */
export function readApproverGroups(config: Config): ApproverGroups {
  const refs = (role: string) =>
    (
      config.getOptionalStringArray(`agentic.approvals.roles.${role}`) ?? []
    ).map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'Group',
          defaultNamespace: 'default',
        }),
      ),
    );
  return { strategic: refs('strategic'), final: refs('final') };
}

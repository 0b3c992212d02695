import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/** Who holds which role, as full lower-case entity refs of groups or users. Everybody who is signed in is a developer. */
export interface ExampleRoles {
  /** Signs approvals: the holders of the roles that the framework enforces. */
  readonly approver: readonly string[];
  /** Runs what is there: controls, stops, cleans up. */
  readonly operator: readonly string[];
  /** Looks at everything and changes nothing. */
  readonly auditor: readonly string[];
}

/** Reads `agentic.approvals.roles`, the lists the framework enforces, and `agentic.exampleRoles`. */
export function readExampleRoles(config: Config): ExampleRoles {
  const refs = (key: string) =>
    (config.getOptionalStringArray(key) ?? []).map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'Group',
          defaultNamespace: 'default',
        }),
      ),
    );
  const approvalRoles = config.getOptionalConfig('agentic.approvals.roles');
  return {
    approver: (approvalRoles?.keys() ?? []).flatMap(role =>
      refs(`agentic.approvals.roles.${role}`),
    ),
    operator: refs('agentic.exampleRoles.operator'),
    auditor: refs('agentic.exampleRoles.auditor'),
  };
}

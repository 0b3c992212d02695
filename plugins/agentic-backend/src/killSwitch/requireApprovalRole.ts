import { NotAllowedError } from '@backstage/errors';
import type { Requester } from '../service/WorkflowService';

/**
 * Throws `NotAllowedError` unless the person holds one of the approval roles. Anybody with the
 * permission may stop; letting agents go on is for those who answer for what they do, also where the
 * portal's permissions are switched off.
 */
export function requireApprovalRole(
  roles: Readonly<Record<string, readonly string[]>>,
  person: Requester,
): void {
  const own = new Set([person.userEntityRef, ...person.ownershipEntityRefs]);
  if (
    !Object.values(roles)
      .flat()
      .some(ref => own.has(ref))
  ) {
    throw new NotAllowedError(
      'Letting agents go on takes an approval role; ask somebody who holds one (configuration key agentic.approvals.roles)',
    );
  }
}

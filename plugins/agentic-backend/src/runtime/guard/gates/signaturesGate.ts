import type { ApprovalPolicy } from '../../approval/ApprovalPolicy';
import { signaturesMissing } from '../../approval/ApprovalRules';
import type { Gate } from '../Gate';

/** The signatures themselves are counted again: a row that says `approved` is not taken at its word. */
export function signaturesGate(
  policy: Pick<ApprovalPolicy, 'environments'>,
): Gate {
  return {
    id: 'signatures',
    stages: ['execute'],
    async refuse({ approval }) {
      const missing = approval && signaturesMissing(policy, approval);
      return missing && `its approval lacks signatures: ${missing}`;
    },
  };
}

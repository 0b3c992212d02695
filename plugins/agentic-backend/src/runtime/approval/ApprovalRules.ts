import {
  CRITIC_PRINCIPAL,
  type Approval,
  type ApprovalDecision,
  type ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import { NotAllowedError } from '@backstage/errors';
import { approvalRulesOf } from './approvalChain';
import type { ApprovalPolicy, Approver } from './ApprovalPolicy';

export { approvalRulesOf } from './approvalChain';
export type {
  ApprovalPolicy,
  Approver,
  EnvironmentApproval,
} from './ApprovalPolicy';

/** Whether somebody may sign now, in which role, or why not. */
export type SignatureAnswer =
  | { readonly may: true; readonly role: ApprovalRole }
  | {
      readonly may: false;
      readonly because:
        | 'no_person'
        | 'requester'
        | 'signed_already'
        | 'out_of_order'
        | 'no_holder';
      readonly message: string;
    };

type Signable = Pick<
  Approval,
  'environment' | 'requestedBy' | 'requiredRoles' | 'decisions' | 'chain'
>;

/** The role names as people read them. */
const TITLES: Readonly<Record<ApprovalRole, string>> = {
  strategic: 'strategic approver',
  final: 'final approver',
};

function refusal(
  because: Extract<SignatureAnswer, { may: false }>['because'],
  message: string,
): SignatureAnswer {
  return { may: false, because, message };
}

/**
 * The decision table of signatures: who may sign this approval now, as what. It looks at nothing but
 * its arguments. A rejection needs a role as well, but no turn: who may sign later may say no now.
 */
export function judgeSignature(options: {
  policy: Pick<ApprovalPolicy, 'roles' | 'environments' | 'order'>;
  approval: Signable;
  approver: Approver;
  decision?: ApprovalDecision['decision'];
  wanted?: ApprovalRole;
}): SignatureAnswer {
  const { policy, approval, approver, decision = 'approve', wanted } = options;
  const { environment, decisions, requestedBy } = approval;
  if (!/^user:/i.test(approver.userEntityRef)) {
    return refusal(
      'no_person',
      `Only people decide, and '${approver.userEntityRef}' is none; open the approval in the portal`,
    );
  }
  const me = approver.userEntityRef.toLocaleLowerCase('en');
  const requesterSigns = approvalRulesOf(
    policy,
    environment,
  ).requesterMayApprove;
  const isRequester = me === requestedBy.toLocaleLowerCase('en');
  if (isRequester && !requesterSigns) {
    return refusal(
      'requester',
      `You asked for this workflow, so somebody else has to decide about it in '${environment}'`,
    );
  }
  if (
    decisions.some(({ decidedBy }) => decidedBy.toLocaleLowerCase('en') === me)
  ) {
    return refusal(
      'signed_already',
      'You have signed this approval already; the other signature must be somebody else’s',
    );
  }
  const refs = new Set([me, ...approver.ownershipEntityRefs]);
  const open = approval.requiredRoles.filter(
    role => !decisions.some(each => each.role === role),
  );
  const held = open.filter(
    role => isRequester || policy.roles[role].some(ref => refs.has(ref)),
  );
  const candidates = wanted ? held.filter(role => role === wanted) : held;
  if (candidates.length === 0) {
    return refusal(
      'no_holder',
      `This needs a signature as ${(wanted ? [wanted] : open).join(
        ' or ',
      )}; ask somebody who holds that role (configuration key agentic.approvals.roles)`,
    );
  }
  // Both what was fixed when it was asked for and what is configured now count: the stricter holds.
  const inOrder = policy.order === 'fixed' || approval.chain?.order === 'fixed';
  const role =
    inOrder && decision === 'approve'
      ? candidates.find(candidate => candidate === open[0])
      : candidates[0];
  return role
    ? { may: true, role }
    : refusal(
        'out_of_order',
        `The ${TITLES[open[0]]} signs first; you can sign as ${
          TITLES[candidates[0]]
        } afterwards`,
      );
}

/** The role in which a person may sign an approval now. Throws `NotAllowedError` with the reason when there is none. */
export function roleToSign(
  policy: Pick<ApprovalPolicy, 'roles' | 'environments' | 'order'>,
  approval: Signable,
  approver: Approver,
  wanted?: ApprovalRole,
  decision?: ApprovalDecision['decision'],
): ApprovalRole {
  const answer = judgeSignature({
    policy,
    approval,
    approver,
    wanted,
    decision,
  });
  if (!answer.may) {
    throw new NotAllowedError(answer.message);
  }
  return answer.role;
}

/**
 * Why the signatures on an approval do not suffice, or undefined when they do. Asked again right
 * before each effect, so that a row that says `approved` is not taken at its word.
 */
export function signaturesMissing(
  policy: Pick<ApprovalPolicy, 'environments'>,
  approval: Signable,
): string | undefined {
  const { environment, decisions, chain } = approval;
  const rules = approvalRulesOf(policy, environment);
  const two = rules.production || (chain?.twoPeopleBecause.length ?? 0) > 0;
  const people = decisions.filter(({ decidedBy }) =>
    decidedBy.startsWith('user:'),
  );
  if (decisions.some(({ decision }) => decision === 'reject')) {
    return 'somebody rejected it';
  }
  const unsigned = approval.requiredRoles.filter(
    role => !decisions.some(each => each.role === role),
  );
  if (unsigned.length > 0) {
    return `nobody signed as ${unsigned.join(' and ')}`;
  }
  const signed = decisions.map(({ role }) => role);
  if (
    chain?.order === 'fixed' &&
    approval.requiredRoles.some(
      (role, index) =>
        index > 0 &&
        signed.indexOf(role) <
          signed.indexOf(approval.requiredRoles[index - 1]),
    )
  ) {
    return 'it was not signed in the order that was asked for';
  }
  if (
    new Set(decisions.map(({ decidedBy }) => decidedBy)).size < decisions.length
  ) {
    return 'somebody signed twice';
  }
  if (people.length < (two ? 2 : 1)) {
    return two ? 'two people have to sign it' : 'no person signed it';
  }
  const others = decisions.filter(decision => !people.includes(decision));
  if (
    others.some(
      ({ decidedBy, role }) =>
        decidedBy !== CRITIC_PRINCIPAL ||
        role !== 'strategic' ||
        !rules.criticMaySign,
    )
  ) {
    return 'it was signed by something that is no person';
  }
  return people.some(({ decidedBy }) => decidedBy === approval.requestedBy) &&
    !rules.requesterMayApprove
    ? 'its requester signed it'
    : undefined;
}

import {
  ApprovalTurn,
  type ApprovalInbox,
  type ApprovalInboxItem,
  type ApprovalInboxQuery,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import {
  countForInbox,
  findForInbox,
  workflowsForInbox,
  type AgentApproval,
} from '../database/ApprovalInboxStore';
import type { ApprovalFilter } from '../database/ApprovalStore';
import { isoNow } from '../database/rows';
import type {
  ApprovalPolicy,
  Approver,
} from '../runtime/approval/ApprovalPolicy';
import {
  judgeSignature,
  type SignatureAnswer,
} from '../runtime/approval/ApprovalRules';

/** What a refused signature makes of an approval for its reader. */
const TURNS: Readonly<
  Record<Extract<SignatureAnswer, { may: false }>['because'], ApprovalTurn>
> = {
  no_person: 'others',
  requester: 'requested',
  signed_already: 'signed',
  out_of_order: 'later',
  no_holder: 'others',
};

/** Which approvals a reader may decide as far as permissions go: none, or those of the workflows that are let through. */
export type MayDecide =
  | { readonly narrow: ApprovalFilter['visible'] }
  | undefined;

/**
 * The approvals a reader may see, with what each has to do with them: those they can sign now come
 * first. The same table of rules answers here and when they sign.
 */
export async function approvalInbox(options: {
  knex: Knex;
  policy: ApprovalPolicy;
  query: ApprovalInboxQuery;
  visible?: ApprovalFilter['visible'];
  /** Nobody decides for a machine. */
  reader?: Approver;
  mayDecide: MayDecide;
}): Promise<ApprovalInbox> {
  const { knex, policy, query, visible, reader, mayDecide } = options;
  const [found, { total, counts }] = await Promise.all([
    findForInbox(knex, query, visible),
    countForInbox(knex, query, visible),
  ]);
  const decidable =
    mayDecide && query.status === 'open'
      ? await workflowsForInbox(knex, query, mayDecide.narrow)
      : new Set<string>();
  const now = isoNow();
  const items = found.map(each =>
    toItem(each, { policy, reader, decidable, now }),
  );
  const order = ApprovalTurn.options;
  // Sorting keeps the order within a group: what expires soonest, or is newest, stays first.
  items.sort((a, b) => order.indexOf(a.turn) - order.indexOf(b.turn));
  return {
    items: items.slice(0, query.limit),
    totalItems: total,
    mine: items.filter(({ turn }) => turn === 'mine').length,
    counts,
  };
}

function toItem(
  { approval, agent }: AgentApproval,
  about: {
    policy: ApprovalPolicy;
    reader?: Approver;
    decidable: ReadonlySet<string>;
    now: string;
  },
): ApprovalInboxItem {
  const { policy, reader, decidable, now } = about;
  const item = { approval, ...(agent !== undefined && { agent }) };
  if (approval.status !== 'open') {
    return { ...item, turn: 'closed' };
  }
  if (approval.expiresAt <= now) {
    return {
      ...item,
      turn: 'closed',
      because: 'It has expired; retry the task to ask again',
    };
  }
  if (!reader) {
    return { ...item, turn: 'others' };
  }
  const answer = judgeSignature({ policy, approval, approver: reader });
  if (!answer.may) {
    return { ...item, turn: TURNS[answer.because], because: answer.message };
  }
  if (!decidable.has(approval.workflowId)) {
    return {
      ...item,
      turn: 'others',
      because:
        'You hold the role, but not the permission to decide approvals of this workflow',
    };
  }
  const refs = [reader.userEntityRef, ...reader.ownershipEntityRefs];
  const heldBy = policy.roles[answer.role].find(ref => refs.includes(ref));
  return {
    ...item,
    turn: 'mine',
    role: answer.role,
    heldBy: heldBy ?? reader.userEntityRef,
  };
}

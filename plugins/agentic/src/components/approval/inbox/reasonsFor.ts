import type { ApprovalInboxItem } from '@agentic-backstage/plugin-agentic-common';
import { nameInRef } from '../../status/PersonName';
import { ROLE_LABELS } from '../approvalRules';
import { INBOX_TEXTS as TEXTS } from './inboxTexts';

const MAX_REVIEW_REASONS = 3;

/** Why an approval is asked, and of whom: the rule of the environment, the reader's role, what asks for two people or a person at all. */
export function reasonsFor(item: ApprovalInboxItem): readonly string[] {
  const { approval, role, heldBy, because } = item;
  const roles = approval.requiredRoles
    .map(each => ROLE_LABELS[each].toLocaleLowerCase())
    .join(' and ');
  const two = approval.chain?.twoPeopleBecause ?? [];
  const review = new Set(
    approval.dryRunResults.flatMap(({ verdict }) =>
      verdict.decision === 'needs_review' ? verdict.reasons : [],
    ),
  );
  return [
    TEXTS.rule(approval.environment, roles, approval.requiredRoles.length),
    ...(role
      ? [
          TEXTS.holds(
            ROLE_LABELS[role].toLocaleLowerCase(),
            nameInRef(heldBy ?? ''),
          ),
        ]
      : []),
    ...(because ? [because] : []),
    ...(two.length > 0 ? [TEXTS.twoPeople(two.join('; '))] : []),
    ...[...review].slice(0, MAX_REVIEW_REASONS).map(TEXTS.needsReview),
    ...(review.size > MAX_REVIEW_REASONS
      ? [TEXTS.more(review.size - MAX_REVIEW_REASONS)]
      : []),
  ];
}

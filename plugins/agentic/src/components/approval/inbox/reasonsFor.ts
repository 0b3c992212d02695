import type { ApprovalInboxItem } from '@agentic-backstage/plugin-agentic-common';
import { nameInRef } from '../../status/PersonName';
import type { Translate } from '../../../translation/Translate';

const MAX_REVIEW_REASONS = 3;

/** Why an approval is asked, and of whom: the rule of the environment, the reader's role, what asks for two people or a person at all. */
export function reasonsFor(
  item: ApprovalInboxItem,
  t: Translate,
): readonly string[] {
  const { approval, role, heldBy, because } = item;
  const roles = t('common.list', {
    items: approval.requiredRoles.map(each => t(`inbox.role.${each}`)),
  });
  const two = approval.chain?.twoPeopleBecause ?? [];
  const review = new Set(
    approval.dryRunResults.flatMap(({ verdict }) =>
      verdict.decision === 'needs_review' ? verdict.reasons : [],
    ),
  );
  return [
    t('inbox.rule', {
      environment: approval.environment,
      roles,
      count: approval.requiredRoles.length,
    }),
    ...(role
      ? [
          t('inbox.holds', {
            role: t(`inbox.role.${role}`),
            heldBy: nameInRef(heldBy ?? ''),
          }),
        ]
      : []),
    ...(because ? [because] : []),
    ...(two.length > 0
      ? [t('inbox.twoPeople', { reasons: two.join('; ') })]
      : []),
    ...[...review]
      .slice(0, MAX_REVIEW_REASONS)
      .map(reason => t('inbox.needsReview', { reason })),
    ...(review.size > MAX_REVIEW_REASONS
      ? [t('inbox.more', { total: review.size - MAX_REVIEW_REASONS })]
      : []),
  ];
}

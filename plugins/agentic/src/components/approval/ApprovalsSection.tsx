import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { ApprovalPanel } from './ApprovalPanel';

/** The approvals of a workflow, open ones first. */
export function ApprovalsSection(props: {
  approvals: readonly Approval[];
  effects: readonly Effect[];
  onDecided: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { approvals, onDecided } = props;
  if (approvals.length === 0) {
    return <Notice>{t('approvals.none')}</Notice>;
  }
  const openFirst = [...approvals].sort(
    (one, other) =>
      Number(other.status === 'open') - Number(one.status === 'open'),
  );
  return (
    <>
      {openFirst.map(approval => (
        <ApprovalPanel
          key={approval.approvalId}
          approval={approval}
          effects={props.effects}
          onDecided={onDecided}
        />
      ))}
    </>
  );
}

import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import { Notice } from '../states/Notice';
import { ApprovalPanel } from './ApprovalPanel';

/** The approvals of a workflow, open ones first. */
export function ApprovalsSection(props: {
  approvals: readonly Approval[];
  effects: readonly Effect[];
  onDecided: () => void;
}) {
  const { approvals, onDecided } = props;
  if (approvals.length === 0) {
    return <Notice>Nothing has needed an approval so far.</Notice>;
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

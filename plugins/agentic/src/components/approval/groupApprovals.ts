import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import { APPROVAL_KINDS } from '../status/wording';

/** What approvals can be put together by. */
export type Grouping = 'none' | 'workflow' | 'kind';

/** Approvals under one heading; without a heading where nothing is put together. */
export interface ApprovalGroup {
  readonly title: string | undefined;
  readonly approvals: readonly Approval[];
}

const KINDS = ['destroy', 'update', 'create', 'none'] as const;

/** Puts approvals together, keeping their order; what destroys comes first. */
export function groupApprovals(
  approvals: readonly Approval[],
  grouping: Grouping,
): readonly ApprovalGroup[] {
  switch (grouping) {
    case 'workflow': {
      const ids = [...new Set(approvals.map(({ workflowId }) => workflowId))];
      return ids.map(id => {
        const own = approvals.filter(({ workflowId }) => workflowId === id);
        const { serviceName, environment } = own[0];
        return { title: `${serviceName} to ${environment}`, approvals: own };
      });
    }
    case 'kind':
      return KINDS.flatMap(kind => {
        const own = approvals.filter(each => (each.kind ?? 'none') === kind);
        return own.length > 0
          ? [{ title: APPROVAL_KINDS[kind].label, approvals: own }]
          : [];
      });
    default:
      return [{ title: undefined, approvals }];
  }
}

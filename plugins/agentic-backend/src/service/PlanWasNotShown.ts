import type {
  FieldChange,
  Plan,
  PlanNotShown,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError } from '@backstage/errors';

/**
 * The request gives another plan than the one that was shown. Answered as 409 with the plan as it is
 * now, so that it can be looked at, and with the understood fields that are not what they were.
 */
export class PlanWasNotShown extends ConflictError implements PlanNotShown {
  readonly plan: Plan;
  readonly changes?: FieldChange[];

  constructor(plan: Plan, changes: FieldChange[] | undefined) {
    const fields = changes?.map(({ field }) => field).join(', ');
    super(
      `The plan is not the one you were shown any more${
        fields ? ` (${fields})` : ''
      }; nothing was started. Look at the plan as it is now and start that`,
    );
    this.plan = plan;
    this.changes = changes;
  }
}

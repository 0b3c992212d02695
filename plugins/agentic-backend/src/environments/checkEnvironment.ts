import type { CreateWorkflowRequest } from '@agentic-backstage/plugin-agentic-common';
import { NotAllowedError } from '@backstage/errors';
import type { WorkflowRow } from '../database/tables';
import type { Requester } from '../service/Requester';
import { RequestRefused } from '../service/RequestRefused';
import {
  environmentRuleOf,
  reasonNotToOperate,
  reasonNotToRequest,
  type EnvironmentRules,
} from './EnvironmentRules';

/** Refuses a request for an environment in which its requester may not ask for work, or without a reason where one is needed. */
export function checkRequestedEnvironment(options: {
  rules: EnvironmentRules;
  request: Pick<CreateWorkflowRequest, 'changeReason'>;
  requester: Requester;
  intent: { readonly environment: string; readonly owner: string };
}): void {
  const { rules, request, requester, intent } = options;
  const { environment, owner } = intent;
  if (owner.startsWith('service:')) {
    throw new RequestRefused([
      {
        field: 'parameters.owner',
        message: 'A machine owns no services.',
        remedy: 'Name the group or user who will look after the service.',
      },
    ]);
  }
  const reason = reasonNotToRequest(rules, environment, requester, owner);
  if (reason !== undefined) {
    throw Object.assign(new NotAllowedError(reason), {
      problems: [
        {
          field: 'parameters.environment',
          message: `${reason}.`,
          remedy:
            'Choose an environment that GET /environments says you may use.',
        },
      ],
    });
  }
  const { requireChangeReason } = environmentRuleOf(rules, environment);
  if (requireChangeReason && !request.changeReason?.trim()) {
    throw new RequestRefused([
      {
        field: 'changeReason',
        message: `A change in '${environment}' needs a reason.`,
        remedy: 'Say why it is made now, in words for those who approve it.',
      },
    ]);
  }
}

type OperatedWorkflow = Pick<
  WorkflowRow,
  'environment' | 'requested_by' | 'owner'
>;

function obstacle(
  rules: EnvironmentRules,
  workflow: OperatedWorkflow,
  requester: Requester,
): string | undefined {
  return reasonNotToOperate(
    rules,
    {
      environment: workflow.environment,
      requestedBy: workflow.requested_by,
      owner: workflow.owner,
    },
    requester,
  );
}

/** Says whether somebody may go on with, retry or stop what runs in an environment. */
export function mayOperate(
  rules: EnvironmentRules,
  workflow: OperatedWorkflow,
  requester: Requester,
): boolean {
  return obstacle(rules, workflow, requester) === undefined;
}

/** Refuses those who may not, with the reason. */
export function checkMayOperate(
  rules: EnvironmentRules,
  workflow: OperatedWorkflow,
  requester: Requester,
): void {
  const reason = obstacle(rules, workflow, requester);
  if (reason !== undefined) {
    throw new NotAllowedError(reason);
  }
}

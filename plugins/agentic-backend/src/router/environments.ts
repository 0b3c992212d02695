import type { EnvironmentList } from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import {
  environmentRuleOf,
  reasonNotToRequest,
  type EnvironmentRules,
} from '../environments/EnvironmentRules';
import { reasonAgainstLocalTarget } from '../environments/localTargetGate';
import type { Replicas } from '../environments/Replicas';
import {
  approvalRulesOf,
  type ApprovalPolicy,
} from '../runtime/approval/ApprovalRules';
import type { Access } from './access';

/** `/environments`: where the reader may ask for work, under which rules, and why not elsewhere. */
export function addEnvironmentRoutes(
  router: Router,
  options: {
    access: Access;
    rules: EnvironmentRules;
    approvals: ApprovalPolicy;
    replicas: Replicas;
  },
): void {
  const { access, rules, approvals, replicas } = options;

  router.get('/environments', async (req, res) => {
    const { requester } = await access.requester(req);
    const names = new Set([
      ...Object.keys(rules),
      ...Object.keys(approvals.environments),
    ]);
    const against = await reasonAgainstLocalTarget(replicas);
    const answer: EnvironmentList = {
      items: [...names].map(name => {
        const rule = environmentRuleOf(rules, name);
        const reason = reasonNotToRequest(rules, name, requester);
        return {
          name,
          dataClass: rule.dataClass,
          requireChangeReason: rule.requireChangeReason,
          requesters: [...rule.requesters],
          operators: [...rule.operators],
          requiredRoles: [...approvalRulesOf(approvals, name).requiredRoles],
          mayRequest: reason === undefined,
          reason,
        };
      }),
      localTarget: { available: against === undefined, reason: against },
    };
    res.json(answer);
  });
}

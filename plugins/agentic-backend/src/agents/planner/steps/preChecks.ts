import type {
  CostEstimate,
  Intent,
  PreCheck,
} from '@agentic-backstage/plugin-agentic-common';
import type { RuntimeReport } from '@agentic-backstage/plugin-agentic-node';
import { neededRuntimes } from '../knowledge/capabilities';
import { dollars } from './estimateCost';

/** The share of a budget that the priced part may use before a person should look at the rest. */
const SAFE_SHARE = 0.9;

/** The checks shown before anything is generated: budget, resources, security. Each says what it has looked at. */
export function preChecks(
  intent: Intent,
  facts: {
    readonly estimatedCost: CostEstimate;
    readonly runtimes: readonly RuntimeReport[];
  },
): PreCheck[] {
  return [
    checkBudget(intent, facts.estimatedCost),
    checkResources(intent, facts.runtimes),
    checkSecurity(intent),
  ];
}

function checkBudget(
  { monthlyBudget }: Intent,
  { status, monthly }: CostEstimate,
): PreCheck {
  const check = { id: 'budget', title: 'Budget allocation approved' } as const;
  if (monthly === undefined || status === 'unknown') {
    return {
      ...check,
      result: 'needs_review',
      evidence: 'The cost is unknown.',
    };
  }
  const cost = `${dollars(monthly)} a month when the Terraform is applied`;
  if (monthly === 0) {
    return {
      ...check,
      result: 'passed',
      evidence: 'Nothing in this plan costs money.',
    };
  }
  if (monthlyBudget === undefined) {
    return {
      ...check,
      result: 'needs_review',
      evidence: `The request names no budget. Estimated: ${cost}.`,
    };
  }
  const against = `Estimated: ${cost}, of a budget of ${dollars(
    monthlyBudget,
  )}`;
  if (monthly > monthlyBudget) {
    return { ...check, result: 'failed', evidence: `${against}.` };
  }
  if (status === 'partial' && monthly > monthlyBudget * SAFE_SHARE) {
    return {
      ...check,
      result: 'needs_review',
      evidence: `${against}. What depends on use is not priced and may exceed it.`,
    };
  }
  return {
    ...check,
    result: 'passed',
    evidence:
      status === 'partial'
        ? `${against}. What depends on use is not priced.`
        : `${against}.`,
  };
}

function checkResources(
  intent: Intent,
  runtimes: readonly RuntimeReport[],
): PreCheck {
  const check = { id: 'resources', title: 'Resources available' } as const;
  const needed = neededRuntimes(intent);
  const reports = needed.map(id => ({
    id,
    report: runtimes.find(runtime => runtime.id === id),
  }));
  const evidence = reports
    .map(({ id, report }) => `${id}: ${report?.detail ?? 'not looked at'}`)
    .join('; ');
  if (reports.some(({ report }) => report && !report.available)) {
    return { ...check, result: 'failed', evidence };
  }
  const unknown = reports.some(({ report }) => !report);
  return { ...check, result: unknown ? 'needs_review' : 'passed', evidence };
}

function checkSecurity(intent: Intent): PreCheck {
  const check = {
    id: 'security',
    title: 'Security compliance verified',
  } as const;
  const looked =
    'The name is a safe label, the owner is an entity reference and the texts contain no known form of credential.';
  if (intent.environment === 'production') {
    return {
      ...check,
      result: 'needs_review',
      evidence: `${looked} It goes to production, so its approvers decide with the policy verdict on every file.`,
    };
  }
  return {
    ...check,
    result: 'passed',
    evidence: `${looked} Generated files get their own verdict before they are used.`,
  };
}

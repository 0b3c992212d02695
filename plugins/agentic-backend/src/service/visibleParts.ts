import type { Workflow } from '@agentic-backstage/plugin-agentic-common';

/** The parts of a workflow that have permissions of their own, and whether the reader holds them. */
export interface VisibleParts {
  readonly approvals: boolean;
  readonly artifacts: boolean;
  readonly deployments: boolean;
  /** Without it the decisions of policies stay, and their reasons go. */
  readonly verdicts: boolean;
}

/** The workflow as this reader may see it: parts they may not read look as if there were none. */
export function visibleParts(
  workflow: Workflow,
  parts: VisibleParts,
): Workflow {
  return {
    ...workflow,
    approvals: parts.approvals ? workflow.approvals : [],
    artifacts: parts.artifacts ? workflow.artifacts : [],
    deployments: parts.deployments ? workflow.deployments : [],
    effects: parts.verdicts
      ? workflow.effects
      : workflow.effects.map(effect => ({
          ...effect,
          verdict: { ...effect.verdict, reasons: [], violations: [] },
        })),
  };
}

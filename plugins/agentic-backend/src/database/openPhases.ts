import {
  TERMINAL_PHASES,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';

/**
 * Phases of workflows that are not at their end. Queries name these few rather than excluding the
 * others: only then an index finds them among all that are kept.
 */
export const OPEN_PHASES: readonly WorkflowPhase[] =
  WorkflowPhase.options.filter(phase => !TERMINAL_PHASES.includes(phase));

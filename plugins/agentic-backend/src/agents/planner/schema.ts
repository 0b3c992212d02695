import {
  Intent,
  Plan,
  type Problem,
  type Question,
} from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';

/** Where a value of an intent came from. */
export const Origin = z.enum(['form', 'words', 'template', 'default']);
export type Origin = z.infer<typeof Origin>;

/** A plan before the host has numbered and hashed it, as a schema. */
export const DraftedPlan = Plan.omit({
  planId: true,
  version: true,
  planHash: true,
  createdAt: true,
});

/** What the codegen agent is asked to generate. */
export const CodegenInput = z
  .object({ part: z.enum(['repository', 'infrastructure', 'pipeline']) })
  .strict();

/** Where and how the deployment agent starts the service. */
export const DeploymentInput = z
  .object({ target: z.literal('local'), strategy: z.literal('rolling') })
  .strict();

/** What the policy agent reports on. */
export const PolicyInput = z.object({ scope: z.literal('workflow') }).strict();

/** What the observability agent looks at. */
export const ObservabilityInput = z
  .object({ check: z.literal('health') })
  .strict();

/** The input of each agent that a plan may give a task to. */
export const TASK_INPUTS: Readonly<Record<string, z.ZodType>> = {
  codegen: CodegenInput,
  deployment: DeploymentInput,
  policy: PolicyInput,
  observability: ObservabilityInput,
};

/** What stands in the way of a plan. */
export interface Obstacles {
  readonly problems: Problem[];
  readonly questions: Question[];
}

/** A request that is understood and can be met. */
export interface Understood {
  readonly status: 'understood';
  readonly intent: Intent;
  readonly template: string;
  /** One line for each value: what it is, where it came from, in which words. */
  readonly evidence: string[];
}

/** A request that is understood and can be met, or what stands in its way. */
export type Understanding =
  | Understood
  | ({ readonly status: 'refused' } & Obstacles);

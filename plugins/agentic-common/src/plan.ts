import { z } from 'zod';

/** The agents a plan may assign a task to are known at run time; an id is a short lower-case word. */
export const AgentId = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
export type AgentId = z.infer<typeof AgentId>;

/** What went into a cost figure, so that a reader can check it. */
export const CostLine = z.object({
  item: z.string(),
  /** Amount a month; absent when there is no price for it. */
  monthly: z.number().nonnegative().optional(),
  /** Where the price comes from, with its date, or why there is none. */
  source: z.string(),
});
export type CostLine = z.infer<typeof CostLine>;

/** A monthly cost, or `unknown` with the reason; never a made-up zero. */
export const CostEstimate = z.object({
  status: z.enum(['known', 'partial', 'unknown']),
  currency: z.literal('USD'),
  monthly: z.number().nonnegative().optional(),
  lines: z.array(CostLine),
});
export type CostEstimate = z.infer<typeof CostEstimate>;

/** One likely point of failure and what is done about it. */
export const Risk = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(['low', 'medium', 'high']),
  likelihood: z.enum(['low', 'medium', 'high']),
  mitigation: z.string(),
  taskIds: z.array(z.string()).default([]),
});
export type Risk = z.infer<typeof Risk>;

/** One check made before anything is generated: budget, resources, security. */
export const PreCheck = z.object({
  id: z.enum(['budget', 'resources', 'security']),
  title: z.string(),
  result: z.enum(['passed', 'failed', 'needs_review']),
  evidence: z.string(),
});
export type PreCheck = z.infer<typeof PreCheck>;

/** What one stage of planning did, in the order it ran. */
export const PlanStage = z.object({
  stage: z.enum(['context', 'draft', 'optimise', 'validate']),
  summary: z.string(),
  details: z.array(z.string()),
});
export type PlanStage = z.infer<typeof PlanStage>;

/** How often and how long a task is tried. Durations are seconds. */
export const TaskPolicy = z.object({
  maxAttempts: z.number().int().min(1).max(10),
  initialBackoffSeconds: z.number().positive(),
  maxBackoffSeconds: z.number().positive(),
  timeoutSeconds: z.number().positive(),
});
export type TaskPolicy = z.infer<typeof TaskPolicy>;

/** One agent's piece of a plan. */
export const PlannedTask = z.object({
  taskId: z.string().regex(/^t[0-9]+$/),
  agent: AgentId,
  title: z.string(),
  /** The goal of the plan this task serves. */
  goal: z.string(),
  dependsOn: z.array(z.string()),
  priority: z.number().int().positive(),
  estimatedSeconds: z.number().nonnegative(),
  /** Typed by the agent's own input schema, which the host checks before accepting the plan. */
  input: z.record(z.string(), z.unknown()),
  policy: TaskPolicy,
});
export type PlannedTask = z.infer<typeof PlannedTask>;

/** A sub-goal of the request and the tasks that reach it. */
export const PlanGoal = z.object({
  id: z.string(),
  title: z.string(),
  taskIds: z.array(z.string()),
  goals: z.array(z.string()).default([]),
});
export type PlanGoal = z.infer<typeof PlanGoal>;

/** What the planner understood, in the terms every later step uses. */
export const Intent = z.object({
  type: z.enum(['create-service']),
  serviceName: z.string(),
  description: z.string(),
  owner: z.string(),
  language: z.string(),
  pattern: z.string(),
  database: z.string(),
  environment: z.string(),
  port: z.number().int(),
  highAvailability: z.boolean(),
  monthlyBudget: z.number().nonnegative().optional(),
  cloudProvider: z.string().optional(),
  /** Where each value came from: the words of the request, the form, or a stated default. */
  origins: z.record(z.string(), z.string()),
  /** The words a value was read from, exactly as they stand in the request. */
  words: z.record(z.string(), z.string()).optional(),
});
export type Intent = z.infer<typeof Intent>;

/**
 * An immutable version of a workflow's tasks. `planHash` is the SHA-256 of the canonical JSON
 * (RFC 8785) of everything else in it except `planId`, `version` and `createdAt`.
 */
export const Plan = z.object({
  planId: z.string(),
  version: z.number().int().positive(),
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.string(),
  template: z.string(),
  strategy: z.string(),
  intent: Intent,
  goals: z.array(PlanGoal),
  tasks: z.array(PlannedTask).min(1),
  estimatedCost: CostEstimate,
  estimatedSeconds: z.number().nonnegative(),
  risks: z.array(Risk),
  preChecks: z.array(PreCheck),
  stages: z.array(PlanStage),
});
export type Plan = z.infer<typeof Plan>;

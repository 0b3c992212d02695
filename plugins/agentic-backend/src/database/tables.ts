import type {
  EffectStatus,
  Lane,
  TaskStatus,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';

/** The rows as they stand in the database; see `migrations/`. */
export interface WorkflowRow {
  id: string;
  requested_by: string;
  idempotency_key: string | null;
  template: string;
  description: string | null;
  service_name: string;
  environment: string;
  phase: WorkflowPhase;
  /** SQLite answers 0 or 1. */
  paused: boolean | number;
  cancel_reason: string | null;
  cancelled_by: string | null;
  generation: number;
  last_event_seq: number;
  plan_id: string;
  plan_hash: string;
  /** Entity ref of who owns the service. */
  owner: string;
  /** The highest lane its agents declare. */
  lane: Lane;
  /** JSON: the refs of the requester and their groups when the workflow was accepted. */
  requester_refs: string | null;
  change_reason: string | null;
  /** The W3C `traceparent` everything done for it stands under; null in rows from before there were traces. */
  traceparent: string | null;
  error: string | null;
  created_at: string;
  updated_at: string;
  completed_at: string | null;
}

export interface PlanRow {
  id: string;
  workflow_id: string;
  version: number;
  plan_hash: string;
  body: string;
}

export interface TaskRow {
  workflow_id: string;
  task_id: string;
  position: number;
  agent: string;
  status: TaskStatus;
  attempt: number;
  attempts_left: number;
  retry_at: string | null;
  /** Why a gate holds it, while it does. */
  held_because: string | null;
  /** The id of that gate. */
  held_by: string | null;
  lease_owner: string | null;
  /** Milliseconds since the epoch; PostgreSQL answers bigint as text. */
  lease_until: number | string | null;
  output: string | null;
  error: string | null;
  started_at: string | null;
  completed_at: string | null;
}

export interface EffectRow {
  effect_id: string;
  workflow_id: string;
  task_id: string;
  effect_key: string;
  round: number;
  position: number;
  tool: string;
  status: EffectStatus;
  params: string;
  params_digest: string;
  blast_radius: string;
  dry_run: string;
  verdict: string;
  rollback_strategy: string;
  approval_id: string | null;
  result: string | null;
  read_back: string | null;
  error: string | null;
  started_at: string | null;
  finished_at: string | null;
}

export interface ApprovalRow {
  id: string;
  workflow_id: string;
  task_id: string;
  plan_hash: string;
  scope_hash: string;
  status: 'open' | 'approved' | 'rejected' | 'expired' | 'void';
  body: string;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  void_reason: string | null;
  reminded_at: string | null;
  escalated_at: string | null;
}

export interface ApprovalDecisionRow {
  id: number;
  approval_id: string;
  decided_by: string;
  role: 'strategic' | 'final';
  decision: 'approve' | 'reject';
  reason: string;
  decided_at: string;
}

export interface OutboxRow {
  id: number;
  event_id: string;
  kind: 'event' | 'notification';
  payload: string;
  status: 'pending' | 'delivered' | 'dead';
  attempts: number;
  due_at: string;
  created_at: string;
  delivered_at: string | null;
  error: string | null;
}

/** One thing that happened to a service's effects, oldest first in a history. */
export interface EffectTrace {
  readonly workflowId: string;
  readonly taskId: string;
  readonly environment: string;
  readonly tool: string;
  /** Digest of the effect's parameters; empty where a whole task failed. */
  readonly digest: string;
  /** `fresh_count`: a person wants it tried again, and everything before does not count any more. */
  readonly kind:
    | 'confirmed'
    | 'failed'
    | 'undone'
    | 'task_failed'
    | 'fresh_count';
  readonly at: string;
}

/** When repetition is a loop. */
export interface LoopRules {
  /** Times that the same call may fail or be undone. */
  readonly attempts: number;
  /** Times in a day that a service may be done and undone with the same tool. */
  readonly flapsPerDay: number;
  /** Failures of a service in ten minutes. */
  readonly failuresPerTenMinutes: number;
}

/** Three attempts, then a person. */
export const DEFAULT_LOOP_RULES: LoopRules = {
  attempts: 3,
  flapsPerDay: 3,
  failuresPerTenMinutes: 20,
};

/** Why nobody but a person may go on. */
export interface Loop {
  readonly kind: 'same_call' | 'flapping' | 'retry_storm';
  readonly reason: string;
}

const DAY_MS = 24 * 3_600_000;
const STORM_MS = 10 * 60_000;

function sinceFreshCount(history: readonly EffectTrace[]): EffectTrace[] {
  const last = history.map(trace => trace.kind).lastIndexOf('fresh_count');
  return history.slice(last + 1);
}

function flaps(history: readonly EffectTrace[]): number {
  let count = 0;
  let there = false;
  for (const { kind } of history) {
    if (kind === 'confirmed') there = true;
    if (kind === 'undone' && there) {
      count += 1;
      there = false;
    }
  }
  return count;
}

/**
 * Says whether calling this tool with these parameters once more would go round in circles, from the
 * history of one service. Only what happened since a person last asked for a retry counts.
 */
export function detectLoop(
  history: readonly EffectTrace[],
  next: { tool: string; digest: string; environment: string },
  options: { rules: LoopRules; now: Date },
): Loop | undefined {
  const { rules, now } = options;
  const recent = sinceFreshCount(history);
  const ageOf = (trace: EffectTrace): number =>
    now.getTime() - Date.parse(trace.at);

  const same = recent.filter(
    ({ kind, tool, digest }) =>
      ['failed', 'undone'].includes(kind) &&
      tool === next.tool &&
      digest === next.digest,
  );
  if (same.length >= rules.attempts) {
    return {
      kind: 'same_call',
      reason: `'${next.tool}' with the same parameters failed or was undone ${same.length} times`,
    };
  }
  const today = recent.filter(
    trace =>
      trace.tool === next.tool &&
      trace.environment === next.environment &&
      ageOf(trace) < DAY_MS,
  );
  const turns = flaps(today);
  if (turns >= rules.flapsPerDay) {
    return {
      kind: 'flapping',
      reason: `'${next.tool}' was done and undone ${turns} times within a day in ${next.environment}`,
    };
  }
  const failures = recent.filter(
    trace =>
      ['failed', 'task_failed'].includes(trace.kind) && ageOf(trace) < STORM_MS,
  );
  if (failures.length >= rules.failuresPerTenMinutes) {
    return {
      kind: 'retry_storm',
      reason: `${failures.length} attempts failed within ten minutes`,
    };
  }
  return undefined;
}

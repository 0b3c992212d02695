import type {
  LimitMeasure,
  LimitPeriod,
  LimitScope,
  LimitUse,
  Usage,
} from '@agentic-backstage/plugin-agentic-common';
import type { Budget } from './limitsConfig';

/** From this share of a budget on, people are told. */
export const ALERT_SHARES = [0.8, 1] as const;

/** How a measure is called in a sentence. */
const WORDS: Readonly<Record<keyof Usage, string>> = {
  steps: 'steps',
  tokens: 'tokens',
  money: 'model cost',
};

/** How much of a limit is used: `near` from four fifths on. */
export function stateOf(used: number, allowed?: number): LimitUse['state'] {
  if (allowed === undefined || used < allowed * ALERT_SHARES[0]) return 'ok';
  return used < allowed ? 'near' : 'reached';
}

/** The first moment after a time at which a day or month begins, in UTC. */
export function endOfPeriod(
  period: LimitPeriod,
  now: Date,
): string | undefined {
  const [year, month, day] = [
    now.getUTCFullYear(),
    now.getUTCMonth(),
    now.getUTCDate(),
  ];
  switch (period) {
    case 'day':
      return new Date(Date.UTC(year, month, day + 1)).toISOString();
    case 'month':
      return new Date(Date.UTC(year, month + 1, 1)).toISOString();
    default:
      return undefined;
  }
}

/** One budget with what was used of it: a line for each measure that is limited or was used. */
export function budgetUses(
  of: { scope: LimitScope; subject: string; period: LimitPeriod },
  budget: Budget,
  used: Usage,
  now: Date,
): LimitUse[] {
  const measures = ['steps', 'tokens', 'money'] as const;
  return measures
    .filter(measure => budget[measure] !== undefined || used[measure] > 0)
    .map(measure => ({
      ...of,
      measure: measure satisfies LimitMeasure,
      used: used[measure],
      allowed: budget[measure],
      state: stateOf(used[measure], budget[measure]),
      freesAt: endOfPeriod(of.period, now),
    }));
}

/** Says in words what was reached and when it frees, or undefined while all is within its limits. */
export function whatIsReached(
  uses: readonly LimitUse[],
  currency: string,
): string | undefined {
  const reached = uses.find(use => use.state === 'reached');
  return reached && describeUse(reached, currency);
}

/** A limit in one sentence: whose, what was used of what, and when it frees. */
export function describeUse(use: LimitUse, currency: string): string {
  const unit = use.measure === 'money' ? ` ${currency}` : '';
  const amount = (value: number): string =>
    `${use.measure === 'money' ? value.toFixed(2) : value}${unit}`;
  const whose = use.scope === 'run' ? 'this run' : use.subject;
  const span = use.period === 'run' ? '' : ` this ${use.period}`;
  const word =
    use.measure in WORDS ? WORDS[use.measure as keyof Usage] : use.measure;
  const frees = use.freesAt
    ? `it frees at ${use.freesAt}`
    : 'an administrator can raise agentic.limits.budgets';
  return `The budget of ${whose} for ${word}${span} is ${amount(
    use.allowed ?? 0,
  )} and ${amount(use.used ?? 0)} are used; ${frees}`;
}

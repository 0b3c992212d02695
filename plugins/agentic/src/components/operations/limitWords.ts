import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import type { Tone } from '../status/StatusPill';

/** How the states of a limit are shown. */
export const LIMIT_STATES: Readonly<
  Record<LimitUse['state'], { label: string; tone: Tone }>
> = {
  ok: { label: 'Within the limit', tone: 'good' },
  near: { label: 'Nearly used up', tone: 'warning' },
  reached: { label: 'Reached', tone: 'bad' },
};

const MEASURES: Readonly<Record<LimitUse['measure'], string>> = {
  requests: 'Requests',
  streams: 'Event streams',
  workflows: 'Workflows',
  steps: 'Steps',
  tokens: 'Tokens',
  money: 'Model cost',
};

const PERIODS: Readonly<Record<LimitUse['period'], string>> = {
  second: 'a second',
  minute: 'that change something, a minute',
  day: 'today',
  month: 'this month',
  open: 'open now',
  run: 'of the run',
};

/** What a limit counts, in words: `Model cost today`. */
export function limitName(use: LimitUse): string {
  return `${MEASURES[use.measure]} ${PERIODS[use.period]}`;
}

/** An amount of what a limit counts, with the currency where it is money. */
export function limitAmount(
  use: Pick<LimitUse, 'measure'>,
  amount: number,
  currency: string,
): string {
  return use.measure === 'money'
    ? `${amount.toFixed(2)} ${currency}`
    : amount.toLocaleString();
}

/** How much is used of how much, in words. */
export function usedOf(use: LimitUse, currency: string): string {
  const { used, allowed } = use;
  const most =
    allowed === undefined ? undefined : limitAmount(use, allowed, currency);
  if (used === undefined) return most ? `at most ${most}` : 'not limited';
  const now = limitAmount(use, used, currency);
  return most ? `${now} of ${most}` : `${now}, not limited`;
}

/** The used share in percent for a bar; undefined where there is nothing to draw. */
export function usedPercent(use: LimitUse): number | undefined {
  return use.used === undefined || !use.allowed
    ? undefined
    : Math.min(100, (use.used / use.allowed) * 100);
}

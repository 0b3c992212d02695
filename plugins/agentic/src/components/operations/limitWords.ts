import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import type { Translate } from '../../translation/Translate';
import type { Wording } from '../status/wording';

/** How the states of a limit are shown. */
export const LIMIT_STATES: Readonly<Record<LimitUse['state'], Wording>> = {
  ok: { label: 'words.limit.ok', tone: 'good' },
  near: { label: 'words.limit.near', tone: 'warning' },
  reached: { label: 'words.limit.reached', tone: 'bad' },
};

/** What a limit counts, in words: `Model cost today`. */
export function limitName(use: LimitUse, t: Translate): string {
  return t(`operations.measure.${use.measure}`, {
    period: t(`operations.period.${use.period}`),
  });
}

/** An amount of what a limit counts, with the currency where it is money. */
export function limitAmount(
  use: Pick<LimitUse, 'measure'>,
  amount: number,
  currency: string,
  t: Translate,
): string {
  return use.measure === 'money'
    ? t('operations.money', { amount, currency })
    : t('common.number', { value: amount });
}

/** How much is used of how much, in words. */
export function usedOf(use: LimitUse, currency: string, t: Translate): string {
  const { used, allowed } = use;
  const most =
    allowed === undefined ? undefined : limitAmount(use, allowed, currency, t);
  if (used === undefined)
    return most ? t('operations.atMost', { most }) : t('operations.notLimited');
  const now = limitAmount(use, used, currency, t);
  return most
    ? t('operations.usedOf', { now, most })
    : t('operations.usedUnlimited', { now });
}

/** The used share in percent for a bar; undefined where there is nothing to draw. */
export function usedPercent(use: LimitUse): number | undefined {
  return use.used === undefined || !use.allowed
    ? undefined
    : Math.min(100, (use.used / use.allowed) * 100);
}

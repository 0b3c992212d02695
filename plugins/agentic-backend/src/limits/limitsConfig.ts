import type { Config } from '@backstage/config';
import { DEFAULT_LOOP_RULES, type LoopRules } from './detectLoop';

/** What a run or a team may use. A measure that is left out is not limited. */
export interface Budget {
  readonly steps?: number;
  readonly tokens?: number;
  /** In the configured currency. */
  readonly money?: number;
}

/** The settings below `agentic.limits`. */
export interface LimitsConfig {
  readonly rates: {
    /** Requests of one principal a second, on each replica. */
    readonly requestsPerSecond: number;
    /** State-changing requests of one principal a minute, over all replicas. */
    readonly writesPerMinute: number;
    /** Open event streams of one principal, on each replica. */
    readonly streamsPerPrincipal: number;
  };
  /** Workflows that are not at their end. */
  readonly workflows: {
    readonly perUser: number;
    readonly perTeam: number;
    readonly overall: number;
  };
  readonly budgets: {
    readonly currency: string;
    readonly run: Budget;
    readonly teamDay: Budget;
    readonly teamMonth: Budget;
  };
  /** Entity refs told of budgets besides those they concern. */
  readonly alertRecipients: readonly string[];
  readonly loops: LoopRules;
}

/** The limits of a portal that says nothing about them. */
export const DEFAULT_LIMITS: LimitsConfig = {
  rates: {
    requestsPerSecond: 1000,
    writesPerMinute: 300,
    streamsPerPrincipal: 20,
  },
  workflows: { perUser: 100, perTeam: 300, overall: 2000 },
  budgets: {
    currency: 'USD',
    run: { steps: 2000, tokens: 2_000_000, money: 20 },
    teamDay: { money: 100 },
    teamMonth: { money: 1000 },
  },
  alertRecipients: [],
  loops: DEFAULT_LOOP_RULES,
};

function wholeNumber(config: Config, key: string, otherwise: number): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${key} is ${value}; give a whole number of at least 1`);
  }
  return value;
}

function budget(config: Config, key: string, otherwise: Budget): Budget {
  const read = (measure: keyof Budget): number | undefined => {
    const value =
      config.getOptionalNumber(`${key}.${measure}`) ?? otherwise[measure];
    if (value !== undefined && !(value > 0)) {
      throw new Error(
        `${key}.${measure} is ${value}; give a number above zero, or leave it out`,
      );
    }
    return value;
  };
  return { steps: read('steps'), tokens: read('tokens'), money: read('money') };
}

/** Reads `agentic.limits`. Throws naming the key and the remedy. */
export function readLimitsConfig(config: Config): LimitsConfig {
  const at = 'agentic.limits';
  const { rates, workflows, budgets, loops } = DEFAULT_LIMITS;
  return {
    rates: {
      requestsPerSecond: wholeNumber(
        config,
        `${at}.rates.requestsPerSecond`,
        rates.requestsPerSecond,
      ),
      writesPerMinute: wholeNumber(
        config,
        `${at}.rates.writesPerMinute`,
        rates.writesPerMinute,
      ),
      streamsPerPrincipal: wholeNumber(
        config,
        `${at}.rates.streamsPerPrincipal`,
        rates.streamsPerPrincipal,
      ),
    },
    workflows: {
      perUser: wholeNumber(
        config,
        `${at}.workflows.perUser`,
        workflows.perUser,
      ),
      perTeam: wholeNumber(
        config,
        `${at}.workflows.perTeam`,
        workflows.perTeam,
      ),
      overall: wholeNumber(
        config,
        `${at}.workflows.overall`,
        workflows.overall,
      ),
    },
    budgets: {
      currency:
        config.getOptionalString(`${at}.budgets.currency`) ?? budgets.currency,
      run: budget(config, `${at}.budgets.run`, budgets.run),
      teamDay: budget(config, `${at}.budgets.teamDay`, budgets.teamDay),
      teamMonth: budget(config, `${at}.budgets.teamMonth`, budgets.teamMonth),
    },
    alertRecipients:
      config.getOptionalStringArray(`${at}.alertRecipients`) ?? [],
    loops: {
      attempts: wholeNumber(config, `${at}.loops.attempts`, loops.attempts),
      flapsPerDay: wholeNumber(
        config,
        `${at}.loops.flapsPerDay`,
        loops.flapsPerDay,
      ),
      failuresPerTenMinutes: wholeNumber(
        config,
        `${at}.loops.failuresPerTenMinutes`,
        loops.failuresPerTenMinutes,
      ),
    },
  };
}

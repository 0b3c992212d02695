import type { Token } from './tokenize';

/** An amount of money in a request, with what it says about it. */
export interface BudgetWords {
  readonly length: number;
  readonly words: string;
  /** Set when the words are an upper limit a month in dollars. */
  readonly monthly?: number;
  /** Why the words are not such a limit. */
  readonly doubt?: string;
}

const UPPER =
  '(?:(?:(?:with|within|on|for) )?(?:an? |my |our |the )?(?:total |maximum |max |monthly )*(?:budget|limit|cap|ceiling|spend)(?: per month| a month)?(?: (?:of|is|at|under|below|:))*|(?:max|maximum)(?: of)?|under|below|less than|at most|up to|no more than|within|cheaper than|capped at|limited to|not exceeding|(?:(?:must|should|may|can) )?not (?:to )?(?:exceed|cost more than|cost over|more than|over|above|be more than)|(?:must|should) (?:cost|stay|be) (?:under|below|less than|at most))';
const LOWER =
  '(?:over|above|more than|at least|minimum|min|from|around|about|roughly|approximately)';
const NUMBER = '(\\d{1,9}(?:,\\d{3})*(?:\\.\\d{1,2})?)';
const PERIOD =
  '(a month|per month|each month|every month|monthly|/month|/ month|/mo|/ mo|a year|per year|yearly|annually|/year|a week|per week|a day|per day|an hour|per hour|/hour)';

const PHRASE = new RegExp(
  `^(?:(${UPPER}) )?(?:(${LOWER}) )?(usd |us\\$ ?|\\$ ?|€ ?|£ ?|eur |gbp )?${NUMBER}([km%]?)( ?\\$| ?usd| ?us dollars?| ?dollars?| ?bucks?| ?eur| ?euros?| ?€| ?£| ?pounds?)?(?: ?${PERIOD})?(?= |$)`,
);
const STARTS = new RegExp(
  '^(?:with|within|on|for|an?|my|our|the|total|max|maximum|monthly|budget|limit|cap|ceiling|spend|under|below|less|at|up|no|not|cheaper|capped|limited|must|should|may|can|over|above|more|minimum|min|from|around|about|roughly|approximately|usd|us\\$|eur|gbp|\\$|€|£|\\d)',
);
const LONGEST = 12;

/** Reads an amount of money at `at`, together with the words that make it a limit; undefined when there is none. */
export function readBudget(
  tokens: readonly Token[],
  at: number,
): BudgetWords | undefined {
  if (!STARTS.test(tokens[at].word)) return undefined;
  const taken: Token[] = [];
  for (const token of tokens.slice(at, at + LONGEST)) {
    if (token.kind === 'break' && token.text !== ':') break;
    taken.push(token);
  }
  const match = PHRASE.exec(taken.map(token => token.word).join(' '));
  if (!match) return undefined;
  const [words, upper, lower, before, digits, factor, after, period] = match;
  const currency = (before ?? after ?? '').trim();
  const saysBudget = upper !== undefined && /budget|spend|cost/.test(upper);
  // A bare number is a port, a version or a count, not money.
  if (!currency && !saysBudget) return undefined;
  const length = words.split(' ').length;
  const doubt = doubtAbout({ upper, lower, currency, factor, period });
  return doubt
    ? { length, words, doubt }
    : { length, words, monthly: Number(digits.replace(/,/g, '')) };
}

function doubtAbout(found: {
  upper?: string;
  lower?: string;
  currency: string;
  factor: string;
  period?: string;
}): string | undefined {
  if (!found.currency) return 'it names no currency';
  if (/€|£|eur|gbp|pound/.test(found.currency)) {
    return 'costs are estimated in US dollars only';
  }
  if (found.factor) return 'the amount is not a plain number';
  if (found.lower || !found.upper) return 'it is not an upper limit';
  if (found.period && !/mo/.test(found.period)) return 'it is not a month';
  return undefined;
}

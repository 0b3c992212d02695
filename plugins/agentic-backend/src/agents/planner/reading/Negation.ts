import type { Meaning } from './Meaning';

/** Words that may stand between a negation and what it negates. */
const BETWEEN = new Set(
  'a an any the use using need needs of for to into in on onto with have having has include including be want require required new it that deploy'.split(
    ' ',
  ),
);
/** Words that a list under a negation may go on with. */
const IN_LIST = new Set(['a', 'an', 'any', 'the', 'and']);

/** What a negation does to the thing read next. */
export type Polarity = 'wanted' | 'excluded' | 'ambiguous';

/**
 * Follows a negation through a sentence. It waits for what it negates, may go on with "or", and
 * is in doubt after "and" or a comma, because "without X and Y" can be read two ways.
 */
export class Negation {
  #state: 'none' | 'waiting' | 'applied' | 'listing' = 'none';
  #words = '';
  #deploy = false;
  #last: Meaning | undefined;

  /** The words of the negation that is being followed. */
  get words(): string {
    return this.#words;
  }

  /** It has not met what it negates. */
  get waiting(): boolean {
    return this.#state === 'waiting';
  }

  /** It stands before a verb of deploying. */
  get ofDeployment(): boolean {
    return this.#deploy;
  }

  /** Starts one; false when another one is still waiting, so that two would cancel out. */
  start(words: string): boolean {
    const clear = this.#state !== 'waiting';
    this.#state = 'waiting';
    this.#words = words;
    this.#deploy = false;
    this.#last = undefined;
    return clear;
  }

  clear(): void {
    this.#state = 'none';
    this.#deploy = false;
    this.#last = undefined;
  }

  /** Takes a word without a wish of its own; false when a waiting negation cannot pass over it. */
  passes(phrase: string): boolean {
    switch (this.#state) {
      case 'waiting':
        return phrase.split(' ').every(word => BETWEEN.has(word));
      case 'applied':
        this.#state = phrase === 'and' ? 'listing' : 'none';
        return true;
      case 'listing':
        if (!IN_LIST.has(phrase)) this.#state = 'none';
        return true;
      default:
        return true;
    }
  }

  /** Takes a verb of deploying. */
  deploys(phrase: string): void {
    if (this.waiting) {
      this.#deploy = true;
      this.#words = `${this.#words} ${phrase}`;
    } else {
      this.clear();
    }
  }

  /** Takes "or": true when it goes on with what is negated. */
  goesOn(): boolean {
    if (this.#state === 'none' || this.#state === 'waiting') return false;
    this.#state = 'waiting';
    return true;
  }

  /** Takes a break; a comma may go on with a list. */
  breaks(text: string): void {
    if (text === ',' && this.#state === 'applied') this.#state = 'listing';
    else if (text !== ',') this.clear();
  }

  /** Takes something that can be wanted or not. */
  apply(meaning: Meaning): Polarity {
    if (this.#state === 'none') return 'wanted';
    if (this.#state === 'listing') {
      this.clear();
      return 'ambiguous';
    }
    if (this.#state === 'applied' && !isSame(this.#last, meaning)) {
      this.clear();
      return 'ambiguous';
    }
    this.#state = 'applied';
    this.#deploy = false;
    this.#last = meaning;
    return 'excluded';
  }
}

/** "No Kafka queue" negates one thing with two words. */
function isSame(last: Meaning | undefined, next: Meaning): boolean {
  if (!last) return true;
  const isDatabase = (meaning: Meaning) =>
    meaning.kind === 'someDatabase' ||
    (meaning.kind === 'choice' && meaning.field === 'database');
  if (isDatabase(last) && isDatabase(next)) return true;
  if (last.kind === 'choice' && next.kind === 'choice') {
    return last.field === next.field && last.value === next.value;
  }
  return last.kind === next.kind && last.kind === 'unbuilt';
}

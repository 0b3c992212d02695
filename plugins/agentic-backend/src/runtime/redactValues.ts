import { formsOf } from './redactForms';

/** Shorter values would take ordinary words with them; they are refused where secrets are handed out. */
export const MIN_SECRET_LENGTH = 6;
/** What stands where a secret stood. */
export const SECRET_MASK = '[secret]';

const MAX_DEPTH = 40;
/** Values that nobody holds any more are known for a while, but never more of them than this. */
const MAX_RELEASED = 100;

interface Held {
  holders: number;
  /** When nobody holds it: until when it is known. */
  until: number;
  readonly pattern: RegExp;
}

function patternOf(value: string): RegExp {
  const forms = formsOf(value).map(form =>
    form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'),
  );
  return new RegExp(forms.join('|'), 'g');
}

/**
 * The values of secrets that this process has handed out, so that they can be taken out of everything
 * that leaves it. A value stays known for a while after its last holder is done: errors and batched
 * lines come late.
 */
export class SecretMasks {
  /** In the order in which they were last let go. */
  readonly #held = new Map<string, Held>();
  readonly #graceMs: number;
  readonly #now: () => number;
  /** Longest values first: one may be a part of another. */
  #patterns: readonly RegExp[] = [];

  constructor(options: { graceMs?: number; now?: () => number } = {}) {
    this.#graceMs = options.graceMs ?? 10 * 60_000;
    this.#now = options.now ?? Date.now;
  }

  /** Masks the value from now on. Answers how to say that it is no longer held. */
  hold(value: string): () => void {
    const known = this.#held.get(value);
    const entry = known ?? { holders: 0, until: 0, pattern: patternOf(value) };
    entry.holders += 1;
    if (!known) {
      this.#held.set(value, entry);
      this.#order();
    }
    let released = false;
    return () => {
      if (!released) {
        released = true;
        entry.holders -= 1;
        entry.until = this.#now() + this.#graceMs;
        if (this.#held.delete(value)) this.#held.set(value, entry);
      }
    };
  }

  /** The text without any value that is known, in whichever form it stands there. */
  mask(text: string): string {
    this.#forget();
    return this.#mask(text);
  }

  /** Whether a known value stands in the text. */
  finds(text: string): boolean {
    return this.mask(text) !== text;
  }

  /**
   * The same for every text inside a value, names of properties included. Keeps what is not plain
   * (dates, buffers) as it is; answers the very same value when nothing is known.
   */
  maskDeep<T>(value: T): T {
    this.#forget();
    return this.#patterns.length > 0 ? (this.#deep(value, 0) as T) : value;
  }

  /** Masks message, stack and own texts of an error and of what caused it, in place: it keeps its class. */
  maskError<E>(error: E): E {
    this.#forget();
    const seen = new Set<unknown>();
    const visit = (each: unknown): void => {
      if (!(each instanceof Error) || seen.has(each)) {
        return;
      }
      seen.add(each);
      for (const key of Object.getOwnPropertyNames(each)) {
        const field = Object.getOwnPropertyDescriptor(each, key);
        if (field?.writable && typeof field.value !== 'function') {
          if (field.value instanceof Error) {
            visit(field.value);
          } else {
            Reflect.set(each, key, this.#deep(field.value, 0));
          }
        }
      }
      // In V8 the stack is an accessor of its own.
      Reflect.set(each, 'stack', this.mask(String(each.stack)));
      if (each instanceof AggregateError) {
        each.errors.forEach(visit);
      }
    };
    if (this.#patterns.length > 0) visit(error);
    return error;
  }

  #deep(value: unknown, depth: number): unknown {
    if (typeof value === 'string') {
      return this.#mask(value);
    }
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map(item => this.#deep(item, depth + 1));
    }
    if (value instanceof Error) {
      return this.maskError(value);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        this.#deep(key, depth + 1),
        this.#deep(item, depth + 1),
      ]),
    );
  }

  #mask(text: string): string {
    return this.#patterns.reduce(
      (clean, pattern) => clean.replace(pattern, SECRET_MASK),
      text,
    );
  }

  #forget(): void {
    const now = this.#now();
    const released = [...this.#held].filter(([, { holders }]) => holders <= 0);
    const gone = released.filter(
      ([, { until }], index) =>
        until <= now || index < released.length - MAX_RELEASED,
    );
    if (gone.length > 0) {
      gone.forEach(([value]) => this.#held.delete(value));
      this.#order();
    }
  }

  #order(): void {
    this.#patterns = [...this.#held]
      .sort(([a], [b]) => b.length - a.length)
      .map(([, { pattern }]) => pattern);
  }
}

/** The masks of this process: secrets are masked in whatever any part of it says. */
export const secretMasks = new SecretMasks();

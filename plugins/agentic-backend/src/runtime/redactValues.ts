import { formsOf } from './redactForms';

/** Shorter values would take ordinary words with them; they are refused where secrets are handed out. */
export const MIN_SECRET_LENGTH = 6;
/** What stands where a secret stood. */
export const SECRET_MASK = '[secret]';

const MAX_DEPTH = 40;

/**
 * The values of secrets that this process has handed out, so that they can be taken out of everything
 * that leaves it. A value stays known for a while after its last holder is done: errors and batched
 * lines come late.
 */
export class SecretMasks {
  readonly #held = new Map<string, { holders: number; until: number }>();
  readonly #graceMs: number;
  readonly #now: () => number;
  #pattern: RegExp | undefined;
  #forms = new Map<string, readonly string[]>();

  constructor(options: { graceMs?: number; now?: () => number } = {}) {
    this.#graceMs = options.graceMs ?? 10 * 60_000;
    this.#now = options.now ?? Date.now;
  }

  /** Masks the value from now on. Answers how to say that it is no longer held. */
  hold(value: string): () => void {
    const entry = this.#held.get(value) ?? { holders: 0, until: 0 };
    entry.holders += 1;
    if (!this.#held.has(value)) {
      this.#held.set(value, entry);
      this.#forms.set(value, formsOf(value));
      this.#compile();
    }
    let released = false;
    return () => {
      if (!released) {
        released = true;
        entry.holders -= 1;
        entry.until = this.#now() + this.#graceMs;
      }
    };
  }

  /** The text without any value that is known, in whichever form it stands there. */
  mask(text: string): string {
    this.#forget();
    return this.#pattern ? text.replace(this.#pattern, SECRET_MASK) : text;
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
    return this.#pattern ? (this.#deep(value, 0) as T) : value;
  }

  /** Masks message, stack and own texts of an error and of what caused it, in place: it keeps its class. */
  maskError<E>(error: E): E {
    this.#forget();
    const seen = new Set<unknown>();
    const visit = (each: unknown): void => {
      if (!this.#pattern || !(each instanceof Error) || seen.has(each)) {
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
    visit(error);
    return error;
  }

  #deep(value: unknown, depth: number): unknown {
    if (typeof value === 'string') {
      return this.#pattern ? value.replace(this.#pattern, SECRET_MASK) : value;
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

  #forget(): void {
    const now = this.#now();
    let gone = false;
    for (const [value, { holders, until }] of this.#held) {
      if (holders <= 0 && until <= now) {
        this.#held.delete(value);
        this.#forms.delete(value);
        gone = true;
      }
    }
    if (gone) {
      this.#compile();
    }
  }

  #compile(): void {
    const forms = [...new Set([...this.#forms.values()].flat())].sort(
      (a, b) => b.length - a.length,
    );
    this.#pattern =
      forms.length === 0
        ? undefined
        : new RegExp(
            forms
              .map(form => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
              .join('|'),
            'g',
          );
  }
}

/** The masks of this process: secrets are masked in whatever any part of it says. */
export const secretMasks = new SecretMasks();

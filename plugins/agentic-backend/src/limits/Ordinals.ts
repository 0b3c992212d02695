/** More stages than a process works on at once by far. */
const STAGES_KEPT = 5000;

/**
 * Numbers the calls of a stage of an attempt from one. A stage that this process repeats, because a
 * gate held it or its approval was withdrawn, makes its calls again, and they count again; one that
 * another process repeats after a crash begins at one, and counts the same calls under the same ids.
 */
export class Ordinals {
  readonly #last = new Map<string, number>();

  next(steps: string): number {
    const ordinal = (this.#last.get(steps) ?? 0) + 1;
    this.#last.delete(steps);
    this.#last.set(steps, ordinal);
    if (this.#last.size > STAGES_KEPT) {
      const [oldest] = this.#last.keys();
      this.#last.delete(oldest);
    }
    return ordinal;
  }
}

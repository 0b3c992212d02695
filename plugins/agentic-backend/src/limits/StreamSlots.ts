import { LimitReached } from './LimitReached';

/** The open event streams of each principal on this replica. */
export class StreamSlots {
  readonly #open = new Map<string, number>();

  constructor(private readonly perPrincipal: number) {}

  /** How many streams are open on this replica. */
  get open(): number {
    return [...this.#open.values()].reduce((sum, own) => sum + own, 0);
  }

  /** How many streams a principal has open. */
  openOf(principal: string): number {
    return this.#open.get(principal) ?? 0;
  }

  /** Takes a slot and answers how to give it back, once. Throws {@link LimitReached} when all are taken. */
  take(principal: string): () => void {
    const open = this.openOf(principal);
    if (open >= this.perPrincipal) {
      throw new LimitReached(
        `You have ${open} event streams open, and ${this.perPrincipal} are allowed at once; close a tab, or read /events as JSON`,
      );
    }
    this.#open.set(principal, open + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = this.openOf(principal) - 1;
      if (left > 0) this.#open.set(principal, left);
      else this.#open.delete(principal);
    };
  }
}

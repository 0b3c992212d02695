const WINDOW_MS = 60_000;
const PER_ADDRESS = 60;
const IN_ALL = 200;

/**
 * How many refusals of requests without a known sender go on record: the first
 * 60 of an address in a minute, and 200 of all addresses. The record only grows, so strangers must
 * not be able to fill it; what is left out is counted, and the next entry says how many there were.
 */
export class AnonymousRefusals {
  #window = Number.NEGATIVE_INFINITY;
  #taken = 0;
  #leftOut = 0;
  readonly #byAddress = new Map<string, number>();

  /**
   * Asks for the refusal of a request from this address at this time (ms). Answers `undefined` when
   * it is only counted; otherwise how many were left out since the last that went on record.
   */
  take(address: string, now: number): number | undefined {
    if (now - this.#window >= WINDOW_MS) {
      this.#window = now;
      this.#taken = 0;
      this.#byAddress.clear();
    }
    const before = this.#byAddress.get(address) ?? 0;
    if (before >= PER_ADDRESS || this.#taken >= IN_ALL) {
      this.#leftOut += 1;
      return undefined;
    }
    this.#byAddress.set(address, before + 1);
    this.#taken += 1;
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    return leftOut;
  }
}

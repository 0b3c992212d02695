/** A wait that somebody else can cut short. */
export class Pause {
  #wake: (() => void) | undefined;

  /** Waits for the given time or until woken, whatever comes first. */
  async forMilliseconds(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  /** Waits until woken. */
  async untilWoken(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  /** Ends the wait, if there is one. */
  wake(): void {
    this.#wake?.();
  }
}

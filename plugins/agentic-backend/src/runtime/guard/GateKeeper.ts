import { TaskFailure } from '../TaskFailure';
import type { EffectLedger } from './EffectLedger';
import { passGates, type Gate, type GuardCall } from './Gate';

/** Asks the gates of a call, and puts a refusal on record. */
export class GateKeeper {
  readonly #gates: readonly Gate[];
  readonly #ledger: EffectLedger;

  constructor(options: { gates: readonly Gate[]; ledger: EffectLedger }) {
    this.#gates = options.gates;
    this.#ledger = options.ledger;
  }

  /** Throws `TaskFailure` or `TaskHold` with the reason of the first gate that refuses. */
  async pass(call: GuardCall): Promise<void> {
    try {
      await passGates(this.#gates, call);
    } catch (error) {
      // A hold is put on record once, where the task is parked.
      if (error instanceof TaskFailure && error.gate) {
        await this.#ledger.refused(call, error.gate, error.message);
      }
      throw error;
    }
  }
}

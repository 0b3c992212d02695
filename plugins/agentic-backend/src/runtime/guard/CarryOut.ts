import type {
  EffectTool,
  ReadBackOutcome,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { StoredEffect } from '../../database/EffectStore';
import type { Dependencies } from '../../resilience/Dependencies';
import type { EffectLedger } from './EffectLedger';
import { readBackPatiently } from './readBackPatiently';

/**
 * Carries out an effect that every gate has let pass: on record before it begins, executed with its
 * idempotency key, looked at, and on record again. One that was begun before is looked at first.
 */
export class CarryOut {
  readonly #ledger: EffectLedger;
  readonly #dependencies: Dependencies;
  readonly #readBackPauseMs: number | undefined;

  constructor(options: {
    ledger: EffectLedger;
    dependencies: Dependencies;
    /** For tests; by default a second lies between two looks. */
    readBackPauseMs?: number;
  }) {
    this.#ledger = options.ledger;
    this.#dependencies = options.dependencies;
    this.#readBackPauseMs = options.readBackPauseMs;
  }

  /** Answers what is on record afterwards. */
  async carryOut(
    tool: EffectTool,
    effect: StoredEffect & { readonly agent: string },
    execution: ToolExecutionContext,
  ): Promise<StoredEffect> {
    if (effect.status !== 'proposed') {
      execution.log.info(
        `Looking whether '${effect.tool}' was done before the interruption`,
      );
      const seen = await tool.readBack(effect.params, effect.result, execution);
      const result = seen.result ?? effect.result;
      if (seen.state === 'confirmed' && result !== undefined) {
        return this.#ledger.observed(effect, { result, seen });
      }
    }
    const answer = await this.#execute(tool, effect, execution);
    let unsaid = true;
    const seen: ReadBackOutcome<unknown> = await readBackPatiently({
      look: () => tool.readBack(effect.params, answer, execution),
      // A crash while it waits must not lose what the tool has answered.
      beforeWaiting: async () => {
        await this.#ledger.answered(effect, answer);
        unsaid = false;
      },
      signal: execution.signal,
      pauseMs: this.#readBackPauseMs,
    });
    return this.#ledger.observed(effect, { result: answer, seen, unsaid });
  }

  async #execute(
    tool: EffectTool,
    effect: StoredEffect,
    execution: ToolExecutionContext,
  ): Promise<unknown> {
    const { signal } = execution;
    return this.#dependencies.ofTool(tool).change(async () => {
      await this.#ledger.begin(effect);
      try {
        return tool.result.parse(await tool.execute(effect.params, execution));
      } catch (error) {
        // Who was told to stop half-way says nothing about the world: it is looked at before the next try.
        if (!signal.aborted) await this.#ledger.failed(effect, error);
        throw error;
      }
    }, signal);
  }
}

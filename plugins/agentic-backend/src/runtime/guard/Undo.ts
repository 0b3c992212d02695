import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import type { EffectTool } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { effectById, type StoredEffect } from '../../database/EffectStore';
import { isoNow } from '../../database/rows';
import type { Dependencies } from '../../resilience/Dependencies';
import { DependencyUnavailable } from '../../resilience/DependencyUnavailable';
import type { SecretLender } from '../../secrets/SecretLender';
import { abortable } from '../abortable';
import { TaskHold } from '../TaskHold';
import type { EffectLedger } from './EffectLedger';
import { executionOf } from './executionOf';
import type { Caller } from './Gate';
import type { GateKeeper } from './GateKeeper';
import type { InFlight } from './InFlight';
import { neverProposed } from './neverProposed';
import { placeOf } from './placeOf';
import { secretUse } from './secretUse';

/** Takes effects back, and looks whether they are gone. */
export class Undo {
  readonly #knex: Knex;
  readonly #ledger: EffectLedger;
  readonly #gates: GateKeeper;
  readonly #secrets: SecretLender;
  readonly #dependencies: Dependencies;
  readonly #inFlight: InFlight;
  readonly #toolOf: (id: string) => EffectTool;

  constructor(options: {
    knex: Knex;
    ledger: EffectLedger;
    gates: GateKeeper;
    secrets: SecretLender;
    dependencies: Dependencies;
    inFlight: InFlight;
    toolOf: (id: string) => EffectTool;
  }) {
    this.#knex = options.knex;
    this.#ledger = options.ledger;
    this.#gates = options.gates;
    this.#secrets = options.secrets;
    this.#dependencies = options.dependencies;
    this.#inFlight = options.inFlight;
    this.#toolOf = options.toolOf;
  }

  /** See `Guard.undo`. */
  async undo(call: Caller & { effectId: string }): Promise<ReadBack> {
    const { context } = call;
    const asked = await this.#load(call);
    await this.#inFlight.ended(placeOf(asked), context.signal);
    const effect = await this.#load(call);
    if (effect.status === 'proposed') {
      return absent('It was never begun');
    }
    if (effect.status === 'rolled_back') {
      return effect.readBack ?? absent('It was undone before');
    }
    let seen: ReadBack;
    try {
      await this.#gates.pass({
        ...call,
        toolId: effect.tool,
        stage: 'undo',
        effect,
      });
      const tool = this.#toolOf(effect.tool);
      const undoing = this.#dependencies
        .ofTool(tool)
        .change(
          () =>
            this.#secrets.lend(secretUse(call, tool, 'undo'), secrets =>
              tool.rollback(
                effect.params,
                effect.result,
                executionOf(effect, context, secrets),
              ),
            ),
          context.signal,
        );
      seen = await abortable(undoing, context.signal);
    } catch (error) {
      if (error instanceof TaskHold || error instanceof DependencyUnavailable) {
        throw error;
      }
      const text = error instanceof Error ? error.message : String(error);
      seen = {
        state: 'unknown',
        evidence: `Undoing failed: ${text}`,
        observedAt: isoNow(),
      };
    }
    return this.#ledger.undone(effect, seen);
  }

  async #load(call: Caller & { effectId: string }): Promise<StoredEffect> {
    const effect = await effectById(this.#knex, call.effectId);
    if (!effect) throw neverProposed(call.agent.id, call.effectId);
    return effect;
  }
}

function absent(evidence: string): ReadBack {
  return { state: 'absent', evidence, observedAt: isoNow() };
}

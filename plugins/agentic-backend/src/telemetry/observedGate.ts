import { trace } from '@opentelemetry/api';
import type { Gate } from '../runtime/guard/Gate';
import { metrics } from './Metrics';

/** The same gate with its time and its refusals counted. */
export function observedGate(gate: Gate): Gate {
  return {
    ...gate,
    refuse: async call => {
      const began = performance.now();
      const reason = await gate.refuse(call);
      metrics.measure('gateDuration', (performance.now() - began) / 1000, {
        gate: gate.id,
      });
      if (reason !== undefined) {
        const refusal = {
          gate: gate.id,
          stage: call.stage,
          outcome: gate.outcome ?? 'fail',
        };
        metrics.count('gateRefusals', refusal);
        trace.getActiveSpan()?.addEvent('refused by a gate', refusal);
      }
      return reason;
    },
  };
}

import type { Registry } from '../../Registry';
import type { Gate } from '../Gate';
import {
  approvalExpiryGate,
  approvedGate,
  approvedPlanGate,
  approvedScopeGate,
} from './approvalGates';
import { declaredGate } from './declaredGate';
import { dryRunGate } from './dryRunGate';
import { laneGate } from './laneGate';
import { notUndoneGate } from './notUndoneGate';
import { promotionGate, type EffectiveLanes } from './promotionGate';
import { toolKindGate } from './toolKindGate';
import { verdictGate } from './verdictGate';

/**
 * The gates in the order in which they are asked: may anybody call now (`first`), may this agent,
 * may it here and this often (`more`), and is everything on record that has to be.
 */
export function createGates(options: {
  registry: Pick<Registry, 'tool'>;
  lanes: EffectiveLanes;
  /** Asked before all others, such as the kill switch. */
  first?: readonly Gate[];
  /** Asked once it is clear that the agent may use the tool, such as environments and limits. */
  more?: readonly Gate[];
  /** Asked last, about what is on record: signatures and the critic. */
  last?: readonly Gate[];
}): readonly Gate[] {
  const { registry, lanes, first = [], more = [], last = [] } = options;
  return [
    ...first,
    declaredGate,
    laneGate,
    promotionGate(lanes),
    toolKindGate(registry),
    ...more,
    notUndoneGate,
    verdictGate,
    dryRunGate,
    approvedGate,
    approvedPlanGate,
    approvalExpiryGate,
    approvedScopeGate,
    ...last,
  ];
}

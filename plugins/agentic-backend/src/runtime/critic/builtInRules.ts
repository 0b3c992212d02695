import type { CriticRule } from '@agentic-backstage/plugin-agentic-node';
import type { CriticSettings } from './CriticSettings';
import { createPlanRules } from './rules/createPlanRules';
import { effectRules } from './rules/effectRules';
import { outputRules } from './rules/outputRules';

/** The rules that hold in every installation, whatever modules add. */
export function builtInRules(
  settings: Pick<CriticSettings, 'unknownCost'>,
): readonly CriticRule[] {
  return [...outputRules, ...effectRules, ...createPlanRules(settings)];
}

import type { PolicyRule } from '../../rules/PolicyRule';

/** Makes a rule of the pod security standards. */
export const podSecurityRule = (
  id: string,
  topics: readonly string[],
  title: string,
  remedy: string,
  rest: Pick<PolicyRule, 'checks'> & Partial<PolicyRule>,
): PolicyRule => ({
  id: `k8s-pod-security-${id}`,
  category: 'pod-security',
  severity: 'medium',
  topics,
  title,
  remedy,
  ...rest,
});

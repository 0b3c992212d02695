import type { Verdict } from '@agentic-backstage/plugin-agentic-common';
import type { PolicySubject } from '@agentic-backstage/plugin-agentic-node';
import type { Dependencies } from '../resilience/Dependencies';
import type { Registry } from './Registry';

const NEVER = new AbortController().signal;

/**
 * Asks every evaluator and combines what they say: one `deny` denies, one `needs_review` asks for a
 * person, `allow` needs at least one that says so and none that says otherwise. When nobody has an
 * opinion, or an evaluator fails, the answer is `needs_review`: an outage is never an `allow`.
 */
export class PolicyDecisionPoint {
  constructor(
    private readonly registry: Registry,
    private readonly dependencies: Dependencies,
  ) {}

  async decide(subject: PolicySubject): Promise<Verdict> {
    const opinions = await Promise.all(
      this.registry.evaluators.map(async evaluator => {
        try {
          const opinion = await this.dependencies
            .ofEvaluator(evaluator)
            .look(() => evaluator.evaluate(subject), NEVER);
          return opinion && { ...opinion, id: evaluator.id };
        } catch (error) {
          return {
            id: evaluator.id,
            decision: 'needs_review' as const,
            reasons: [
              `Evaluator '${evaluator.id}' failed: ${
                error instanceof Error ? error.message : String(error)
              }`,
            ],
            violations: [],
          };
        }
      }),
    );
    const held = opinions.filter(opinion => opinion !== undefined);
    const violations = held.flatMap(opinion => opinion.violations);
    const reasons = held.flatMap(opinion => opinion.reasons);
    const evaluators = held.map(opinion => opinion.id);
    if (held.some(opinion => opinion.decision === 'deny')) {
      return { decision: 'deny', reasons, violations, evaluators };
    }
    if (held.length === 0) {
      return {
        decision: 'needs_review',
        reasons: ['No policy covers this'],
        violations,
        evaluators,
      };
    }
    const decision = held.some(opinion => opinion.decision === 'needs_review')
      ? 'needs_review'
      : 'allow';
    return { decision, reasons, violations, evaluators };
  }
}

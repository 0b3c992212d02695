import {
  CriticFinding,
  type CriticDecision,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  CriticRule,
  CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import { digestOf } from '../canonicalJson';
import { redact } from '../redact';

/** How long one rule may think. A rule that asks a slow service must not hold up the task for long. */
const RULE_TIMEOUT_MS = 10_000;
const MAX_FINDINGS_OF_A_RULE = 50;

/** What the rules together say about a subject. */
export interface Review {
  readonly decision: CriticDecision;
  readonly findings: readonly CriticFinding[];
  readonly rules: readonly string[];
}

/** The strictest of what was found: one block blocks, one doubt asks for a person. */
export function strictest(
  findings: ReadonlyArray<Pick<CriticFinding, 'decision'>>,
): CriticDecision {
  if (findings.some(({ decision }) => decision === 'block')) {
    return 'block';
  }
  return findings.some(({ decision }) => decision === 'needs_person')
    ? 'needs_person'
    : 'approve';
}

async function ask(
  rule: CriticRule,
  subject: CriticSubject,
  timeoutMs: number,
): Promise<CriticFinding[]> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${timeoutMs / 1000} s`)),
        timeoutMs,
      );
    });
    const answer = Promise.resolve().then(() => rule.review(subject));
    const objections = await Promise.race([answer, late]);
    return objections.slice(0, MAX_FINDINGS_OF_A_RULE).map(objection => {
      // Rules of other modules are strangers: a decision that does not exist is no consent.
      const found = CriticFinding.parse({ ...objection, rule: rule.id });
      return {
        ...found,
        reason: redact(found.reason),
        remedy: redact(found.remedy),
      };
    });
  } catch (error) {
    return [
      {
        rule: rule.id,
        decision: 'needs_person',
        reason: redact(
          `Rule '${rule.id}' could not be asked: ${
            error instanceof Error ? error.message : String(error)
          }`,
        ),
        remedy: 'A person has to judge what this rule would have judged.',
      },
    ];
  } finally {
    clearTimeout(timer);
  }
}

/** Asks every rule. A rule that throws or takes too long is a doubt, never a consent. */
export async function reviewSubject(
  rules: readonly CriticRule[],
  subject: CriticSubject,
  timeoutMs: number = RULE_TIMEOUT_MS,
): Promise<Review> {
  const found = await Promise.all(
    rules.map(rule => ask(rule, subject, timeoutMs)),
  );
  const findings = found.flat();
  return {
    decision: strictest(findings),
    findings,
    rules: rules.map(({ id }) => id),
  };
}

/** The digest a verdict is bound to. Whatever of the subject changes gives another, and needs a new verdict. */
export function subjectDigestOf(subject: CriticSubject): string {
  const { stage, workflowId, environment, plan, task, agent } = subject;
  return digestOf({
    stage,
    workflowId,
    environment,
    planHash: plan.planHash,
    taskId: task.taskId,
    agent: { id: agent.id, version: agent.version },
    output: subject.output ?? {},
    artifacts: subject.artifacts.map(({ artifactId }) => artifactId).sort(),
    effects: subject.effects.map(effect => ({
      effectId: effect.effectId,
      tool: effect.tool,
      params: effect.params,
      dryRun: effect.dryRun,
      verdict: effect.verdict,
      blastRadius: effect.blastRadius,
      rollbackStrategy: effect.rollbackStrategy,
    })),
    earlier: subject.earlier.map(({ subjectDigest }) => subjectDigest),
  });
}

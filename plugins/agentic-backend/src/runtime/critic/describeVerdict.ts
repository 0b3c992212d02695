import type { CriticVerdict } from '@agentic-backstage/plugin-agentic-common';
import { TaskFailure } from '../TaskFailure';

const WORDS: Readonly<Record<CriticVerdict['decision'], string>> = {
  approve: 'The critic has no objection',
  needs_person: 'The critic wants a person to look',
  block: 'The critic blocks it',
};

/** A verdict in one sentence, with the rules that spoke. */
export function describeVerdict({
  decision,
  findings,
  rules,
}: Pick<CriticVerdict, 'decision' | 'findings' | 'rules'>): string {
  const heavy = findings.filter(finding => finding.decision !== 'note');
  const said = (heavy.length > 0 ? heavy : findings)
    .slice(0, 5)
    .map(({ reason, rule }) => `${reason} (${rule})`);
  return said.length > 0
    ? `${WORDS[decision]}: ${said.join('; ')}`
    : `${WORDS[decision]} (${rules.length} rules asked)`;
}

/** The failure of a task whose work the critic does not let through. */
export function blockedByCritic(
  verdict: Pick<CriticVerdict, 'findings' | 'rules'>,
): TaskFailure {
  const remedies = verdict.findings
    .filter(({ decision }) => decision === 'block')
    .map(({ remedy }) => remedy);
  return new TaskFailure(
    `${describeVerdict({ ...verdict, decision: 'block' })}. ${[
      ...new Set(remedies),
    ].join(' ')}`,
    { retryable: false, gate: 'critic' },
  );
}

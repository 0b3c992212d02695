import {
  createCriticRule,
  type CriticObjection,
  type CriticEffect,
  type CriticRule,
  type CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';

const NO_WAY_BACK =
  /^\s*$|\b(none|no (rollback|way back)|not possible|impossible|irreversibl[ey]|can(not|'t) be (undone|reverted|rolled back))\b/i;

/** A rule about each effect by itself. */
function aboutEachEffect(
  id: string,
  title: string,
  judge: (
    effect: CriticEffect,
    subject: CriticSubject,
  ) => CriticObjection | undefined,
): CriticRule {
  return createCriticRule({
    id,
    title,
    review: subject =>
      subject.effects.flatMap(effect => {
        const objection = judge(effect, subject);
        return objection ? [{ ...objection, effectId: effect.effectId }] : [];
      }),
  });
}

const dryRunSaysSomething = aboutEachEffect(
  'effects.dry-run',
  'Every effect says what it would change',
  ({ tool, dryRun }) =>
    dryRun.changes.length === 0
      ? {
          decision: 'block',
          reason: `The dry run of ${tool} names no change, so nobody can know what would be approved`,
          remedy:
            'The tool has to list its changes, with action none where there is nothing to do.',
        }
      : undefined,
);

const notDenied = aboutEachEffect(
  'effects.denied',
  'Policy denies none of them',
  ({ tool, verdict }) =>
    verdict.decision === 'deny'
      ? {
          decision: 'block',
          reason: `Policy denies ${tool}: ${verdict.reasons.join('; ')}`,
          remedy: 'Correct what policy names and start again.',
        }
      : undefined,
);

const severeFindings = aboutEachEffect(
  'effects.severe-findings',
  'Severe findings of policy are looked at by a person',
  ({ tool, verdict }) => {
    const severe = verdict.violations.filter(
      ({ severity }) => severity === 'critical' || severity === 'high',
    );
    return severe.length > 0 && verdict.decision !== 'deny'
      ? {
          decision: 'needs_person',
          reason: `${severe.length} severe finding(s) about ${tool}, first: ${severe[0].message}`,
          remedy: severe[0].remedy ?? 'Read the findings before you sign.',
        }
      : undefined;
  },
);

const wayBack = aboutEachEffect(
  'effects.rollback',
  'What reaches far or destroys has a way back',
  ({ tool, blastRadius, rollbackStrategy }) => {
    if (!NO_WAY_BACK.test(rollbackStrategy)) {
      return undefined;
    }
    const wide =
      blastRadius.scope === 'environment' ||
      blastRadius.scope === 'organisation';
    return {
      decision: wide ? 'block' : 'needs_person',
      reason: `${tool} has no way back, and reaches: ${
        blastRadius.description
      } (${blastRadius.scope}${
        blastRadius.destructive ? ', destructive' : ''
      })`,
      remedy: wide
        ? 'Narrow it to one service, or give the tool a rollback.'
        : 'Somebody has to know how to repair this by hand.',
    };
  },
);

/** What has to be true of effects, before people are asked to let them happen. */
export const effectRules: readonly CriticRule[] = [
  dryRunSaysSomething,
  notDenied,
  severeFindings,
  wayBack,
];

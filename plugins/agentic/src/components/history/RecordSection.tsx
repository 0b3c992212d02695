import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DryRunDetails } from '../approval/DryRunDetails';
import { VerdictDetails } from '../approval/VerdictDetails';
import { Notice } from '../states/Notice';
import { FactList } from '../status/FactList';
import { HashText } from '../status/HashText';
import { nameInRef } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { APPROVALS, EFFECTS, READ_BACKS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

function ApprovalOf(props: { approval: Approval | undefined }) {
  const { t } = useAgenticTranslation();
  const { approval } = props;
  if (!approval) {
    return <>{t('history.noApproval')}</>;
  }
  return (
    <>
      <WordedPill wordings={APPROVALS} state={approval.status} />{' '}
      {approval.decisions.length > 0 &&
        t('history.approvedBy', {
          people: approval.decisions
            .map(({ decidedBy, role }) => `${nameInRef(decidedBy)} (${role})`)
            .join(', '),
        })}
    </>
  );
}

function ReadBackOf(props: { effect: Effect }) {
  const { t } = useAgenticTranslation();
  const { readBack } = props.effect;
  if (!readBack) {
    return <>{t('history.noReadBack')}</>;
  }
  return (
    <>
      <WordedPill wordings={READ_BACKS} state={readBack.state} />{' '}
      {t('approvals.readBack', {
        evidence: readBack.evidence,
        time: <TimeText value={readBack.observedAt} />,
      })}
    </>
  );
}

/** Every effect on the world with its dry run, verdict, approval and what looking at the world showed afterwards. */
export function RecordSection(props: {
  effects: readonly Effect[];
  approvals: readonly Approval[];
}) {
  const { t } = useAgenticTranslation();
  if (props.effects.length === 0) {
    return <Notice>{t('history.nothingTouched')}</Notice>;
  }
  return (
    <>
      {props.effects.map(effect => (
        <Section
          key={effect.effectId}
          title={`${effect.taskId}: ${effect.tool}`}
          aside={<WordedPill wordings={EFFECTS} state={effect.status} />}
        >
          {effect.error && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {effect.error}
            </Alert>
          )}
          <FactList
            facts={[
              [
                t('history.dryRun'),
                <DryRunDetails key="dry-run" dryRun={effect.dryRun} />,
              ],
              [
                t('history.verdict'),
                <VerdictDetails key="verdict" verdict={effect.verdict} />,
              ],
              [
                t('history.approval'),
                <ApprovalOf
                  key="approval"
                  approval={[...props.approvals]
                    .reverse()
                    .find(approval =>
                      approval.dryRunResults.some(
                        result => result.effectId === effect.effectId,
                      ),
                    )}
                />,
              ],
              [
                t('history.readBack'),
                <ReadBackOf key="read-back" effect={effect} />,
              ],
              [
                t('history.blastRadius'),
                `${effect.blastRadius.scope}: ${effect.blastRadius.description}`,
              ],
              [t('history.lane'), effect.lane],
              [
                t('history.parameters'),
                <HashText key="p" value={effect.paramsDigest} />,
              ],
            ]}
          />
          <Box component="details" sx={{ mt: 1 }}>
            <summary>{t('history.paramsAndResult')}</summary>
            <Box
              component="pre"
              tabIndex={0}
              sx={{ overflow: 'auto', maxHeight: 320, m: 0, mt: 1 }}
            >
              {JSON.stringify(
                { params: effect.params, result: effect.result },
                undefined,
                2,
              )}
            </Box>
          </Box>
        </Section>
      ))}
    </>
  );
}

import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
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
  const { approval } = props;
  if (!approval) {
    return <>No approval is on record.</>;
  }
  return (
    <>
      <WordedPill wordings={APPROVALS} state={approval.status} />
      {approval.decisions.length > 0 &&
        ` by ${approval.decisions
          .map(({ decidedBy, role }) => `${nameInRef(decidedBy)} (${role})`)
          .join(', ')}`}
    </>
  );
}

function ReadBackOf(props: { effect: Effect }) {
  const { readBack } = props.effect;
  if (!readBack) {
    return <>Nobody has looked yet.</>;
  }
  return (
    <>
      <WordedPill wordings={READ_BACKS} state={readBack.state} />{' '}
      {readBack.evidence} (<TimeText value={readBack.observedAt} />)
    </>
  );
}

/** Every effect on the world with its dry run, verdict, approval and what looking at the world showed afterwards. */
export function RecordSection(props: {
  effects: readonly Effect[];
  approvals: readonly Approval[];
}) {
  if (props.effects.length === 0) {
    return <Notice>Nothing outside the portal has been touched.</Notice>;
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
                'Dry run',
                <DryRunDetails key="dry-run" dryRun={effect.dryRun} />,
              ],
              [
                'Verdict',
                <VerdictDetails key="verdict" verdict={effect.verdict} />,
              ],
              [
                'Approval',
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
              ['Read back', <ReadBackOf key="read-back" effect={effect} />],
              [
                'Blast radius',
                `${effect.blastRadius.scope}: ${effect.blastRadius.description}`,
              ],
              ['Lane', effect.lane],
              ['Parameters', <HashText key="p" value={effect.paramsDigest} />],
            ]}
          />
          <Box component="details" sx={{ mt: 1 }}>
            <summary>Parameters and result</summary>
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

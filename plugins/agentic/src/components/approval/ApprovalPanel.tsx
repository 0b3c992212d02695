import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Typography from '@mui/material/Typography';
import type { ReactNode, RefObject } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FactList } from '../status/FactList';
import { HashText } from '../status/HashText';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { APPROVALS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { CriticDetails } from './CriticDetails';
import { DecisionForm } from './DecisionForm';
import { DifferenceDetails } from './DifferenceDetails';
import { ExpiryCountdown } from './ExpiryCountdown';
import { OperationList } from './OperationList';
import { ReadBackList } from './ReadBackList';
import { SignatureChain } from './SignatureChain';
import { useSeenApproval } from './useSeenApproval';

function Part(props: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ mb: 2.5 }}>
      <Typography component="h4" variant="subtitle1" fontWeight={600}>
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
}

function Lines(props: { of: readonly string[]; ordered?: boolean }) {
  return (
    <Box component={props.ordered ? 'ol' : 'ul'} sx={{ pl: 2.5, my: 0.5 }}>
      {props.of.map(line => (
        <li key={line}>{line}</li>
      ))}
    </Box>
  );
}

function SubPart(props: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ mt: 1 }}>
      <Typography component="h5" variant="subtitle2" color="text.secondary">
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
}

/** What is at the other end of the observer that tells whether somebody got that far. */
function End(props: { of: RefObject<HTMLDivElement> }) {
  return <Box ref={props.of} aria-hidden sx={{ height: '1px' }} />;
}

/**
 * One approval request: what will happen, what it was checked against, who may let it, and what was
 * seen afterwards; with the decision while it is open.
 */
export function ApprovalPanel(props: {
  approval: Approval;
  /** The effects of its workflow, for what was seen of them. */
  effects?: readonly Effect[];
  onDecided: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { approval, effects = [] } = props;
  const { estimatedImpact, changedSince, critic = [] } = approval;
  const seen = useSeenApproval(approval);
  const own = effects.filter(effect =>
    approval.dryRunResults.some(({ effectId }) => effectId === effect.effectId),
  );
  return (
    <Section
      title={approval.plan.title}
      aside={<WordedPill wordings={APPROVALS} state={approval.status} />}
    >
      <div ref={seen.panel}>
        {approval.voidReason && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            {t('approvals.void', { reason: approval.voidReason })}
          </Alert>
        )}
        {changedSince && (
          <Part title={t('approvals.part.changed')}>
            <DifferenceDetails difference={changedSince} />
          </Part>
        )}
        <Part title={t('approvals.part.happens')}>
          <SubPart title={t('approvals.part.asked')}>
            <Lines of={approval.plan.steps} ordered />
          </SubPart>
          <SubPart title={t('approvals.part.change')}>
            <OperationList operations={approval.dryRunResults} />
            <End of={seen.details} />
          </SubPart>
          <SubPart title={t('approvals.part.reach')}>
            <FactList
              facts={[
                [t('approvals.blastRadius'), estimatedImpact.blastRadius],
                [
                  t('approvals.destructive'),
                  estimatedImpact.destructive ? (
                    <StatusPill tone="bad">{t('common.yes')}</StatusPill>
                  ) : (
                    t('common.no')
                  ),
                ],
                [t('approvals.monthlyCost'), estimatedImpact.monthlyCost],
              ]}
            />
          </SubPart>
          <SubPart title={t('approvals.part.undo')}>
            {approval.rollbackStrategy.length > 0 ? (
              <Lines of={approval.rollbackStrategy} ordered />
            ) : (
              <Typography>{t('approvals.noWayBack')}</Typography>
            )}
          </SubPart>
        </Part>
        <Part title={t('approvals.part.checked')}>
          {critic.length > 0 ? (
            critic.map(verdict => (
              <CriticDetails key={verdict.verdictId} verdict={verdict} />
            ))
          ) : (
            <Typography>{t('approvals.noCritic')}</Typography>
          )}
          <FactList
            facts={[
              [
                t('approvals.policies'),
                [
                  ...new Set(
                    approval.dryRunResults.flatMap(
                      ({ verdict }) => verdict.evaluators,
                    ),
                  ),
                ].join(', ') || t('approvals.noPolicy'),
              ],
              [t('inbox.filter.environment'), approval.environment],
              [
                t('approvals.plan'),
                <span key="plan">
                  {approval.plan.version ? (
                    t('approvals.planVersion', {
                      version: approval.plan.version,
                      hash: <HashText value={approval.planHash} />,
                    })
                  ) : (
                    <HashText value={approval.planHash} />
                  )}
                </span>,
              ],
              [
                t('approvals.scope'),
                <HashText key="scope" value={approval.scopeHash} />,
              ],
            ]}
          />
        </Part>
        <Part title={t('approvals.part.signers')}>
          <SignatureChain approval={approval} />
          <FactList
            facts={[
              [
                t('common.requestedBy'),
                <PersonName key="who" entityRef={approval.requestedBy} />,
              ],
              [
                t('approvals.expires'),
                approval.status === 'open' ? (
                  <ExpiryCountdown key="end" expiresAt={approval.expiresAt} />
                ) : (
                  <TimeText key="end" value={approval.expiresAt} />
                ),
              ],
              [
                t('approvals.reminded'),
                approval.remindedAt && <TimeText value={approval.remindedAt} />,
              ],
              [
                t('approvals.escalated'),
                approval.escalatedAt && (
                  <TimeText value={approval.escalatedAt} />
                ),
              ],
            ]}
          />
        </Part>
        <Part title={t('approvals.part.seen')}>
          <ReadBackList effects={own} />
        </Part>
        {approval.status === 'open' && (
          <>
            <Divider sx={{ my: 2 }} />
            <DecisionForm approval={approval} onDecided={props.onDecided} />
          </>
        )}
      </div>
    </Section>
  );
}

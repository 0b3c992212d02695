import type {
  Approval,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Typography from '@mui/material/Typography';
import type { ReactNode, RefObject } from 'react';
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
            This approval is void: {approval.voidReason}
          </Alert>
        )}
        {changedSince && (
          <Part title="What changed since the last approval">
            <DifferenceDetails difference={changedSince} />
          </Part>
        )}
        <Part title="What will happen">
          <SubPart title="What is asked for">
            <Lines of={approval.plan.steps} ordered />
          </SubPart>
          <SubPart title="What would change">
            <OperationList operations={approval.dryRunResults} />
            <End of={seen.details} />
          </SubPart>
          <SubPart title="Reach and cost">
            <FactList
              facts={[
                ['Blast radius', estimatedImpact.blastRadius],
                [
                  'Destructive',
                  estimatedImpact.destructive ? (
                    <StatusPill tone="bad">Yes</StatusPill>
                  ) : (
                    'No'
                  ),
                ],
                ['Monthly cost', estimatedImpact.monthlyCost],
              ]}
            />
          </SubPart>
          <SubPart title="How it is undone">
            {approval.rollbackStrategy.length > 0 ? (
              <Lines of={approval.rollbackStrategy} ordered />
            ) : (
              <Typography>There is no way back.</Typography>
            )}
          </SubPart>
        </Part>
        <Part title="What it was checked against">
          {critic.length > 0 ? (
            critic.map(verdict => (
              <CriticDetails key={verdict.verdictId} verdict={verdict} />
            ))
          ) : (
            <Typography>The critic has not reviewed it.</Typography>
          )}
          <FactList
            facts={[
              [
                'Policies',
                [
                  ...new Set(
                    approval.dryRunResults.flatMap(
                      ({ verdict }) => verdict.evaluators,
                    ),
                  ),
                ].join(', ') || 'none covers it, so a person has to',
              ],
              ['Environment', approval.environment],
              [
                'Plan',
                <span key="plan">
                  {approval.plan.version &&
                    `version ${approval.plan.version}, `}
                  <HashText value={approval.planHash} />
                </span>,
              ],
              ['Scope', <HashText key="scope" value={approval.scopeHash} />],
            ]}
          />
        </Part>
        <Part title="Who may let it">
          <SignatureChain approval={approval} />
          <FactList
            facts={[
              [
                'Requested by',
                <PersonName key="who" entityRef={approval.requestedBy} />,
              ],
              [
                'Expires',
                approval.status === 'open' ? (
                  <ExpiryCountdown key="end" expiresAt={approval.expiresAt} />
                ) : (
                  <TimeText key="end" value={approval.expiresAt} />
                ),
              ],
              [
                'Reminded',
                approval.remindedAt && <TimeText value={approval.remindedAt} />,
              ],
              [
                'Escalated',
                approval.escalatedAt && (
                  <TimeText value={approval.escalatedAt} />
                ),
              ],
            ]}
          />
        </Part>
        <Part title="What was seen afterwards">
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

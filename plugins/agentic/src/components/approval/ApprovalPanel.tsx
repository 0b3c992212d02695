import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { FactList } from '../status/FactList';
import { HashText } from '../status/HashText';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { APPROVALS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { ROLE_LABELS } from './approvalRules';
import { DecisionForm } from './DecisionForm';
import { DryRunDetails } from './DryRunDetails';
import { VerdictDetails } from './VerdictDetails';

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

function Signatures(props: { approval: Approval }) {
  const { requiredRoles, decisions } = props.approval;
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
      {requiredRoles.map(role => {
        const decision = decisions.find(each => each.role === role);
        return (
          <Box component="li" key={role} sx={{ py: 0.5 }}>
            {!decision && <StatusPill tone="waiting">Missing</StatusPill>}
            {decision?.decision === 'approve' && (
              <StatusPill tone="good">Approved</StatusPill>
            )}
            {decision?.decision === 'reject' && (
              <StatusPill tone="bad">Rejected</StatusPill>
            )}{' '}
            {ROLE_LABELS[role]}
            {decision && (
              <>
                : <PersonName entityRef={decision.decidedBy} />,{' '}
                <TimeText value={decision.decidedAt} />
                {decision.reason && ` – “${decision.reason}”`}
              </>
            )}
          </Box>
        );
      })}
    </Box>
  );
}

/** One approval request: what would change, how it was judged, how it is undone, who has signed, and the decision. */
export function ApprovalPanel(props: {
  approval: Approval;
  onDecided: () => void;
}) {
  const { approval } = props;
  const { estimatedImpact } = approval;
  return (
    <Section
      title={approval.plan.title}
      aside={<WordedPill wordings={APPROVALS} state={approval.status} />}
    >
      <Part title="What is asked for">
        <Lines of={approval.plan.steps} ordered />
      </Part>
      <Part title="What would change">
        {approval.dryRunResults.map(result => (
          <Box
            key={result.effectId}
            sx={{ borderLeft: 3, borderColor: 'divider', pl: 2, my: 1.5 }}
          >
            <Typography component="h5" variant="subtitle2">
              <code>{result.tool}</code>
            </Typography>
            <DryRunDetails dryRun={result} />
            <Box sx={{ mt: 1 }}>
              <VerdictDetails verdict={result.verdict} />
            </Box>
          </Box>
        ))}
      </Part>
      <Part title="Reach and cost">
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
      </Part>
      <Part title="How it is undone">
        {approval.rollbackStrategy.length > 0 ? (
          <Lines of={approval.rollbackStrategy} ordered />
        ) : (
          <Typography>There is no way back.</Typography>
        )}
      </Part>
      <Part title="Signatures">
        <Signatures approval={approval} />
      </Part>
      <Part title="Bound to">
        <FactList
          facts={[
            ['Environment', approval.environment],
            [
              'Requested by',
              <PersonName key="who" entityRef={approval.requestedBy} />,
            ],
            ['Plan', <HashText key="plan" value={approval.planHash} />],
            ['Scope', <HashText key="scope" value={approval.scopeHash} />],
            ['Expires', <TimeText key="end" value={approval.expiresAt} />],
          ]}
        />
      </Part>
      {approval.status === 'open' && (
        <>
          <Divider sx={{ my: 2 }} />
          <DecisionForm approval={approval} onDecided={props.onDecided} />
        </>
      )}
    </Section>
  );
}

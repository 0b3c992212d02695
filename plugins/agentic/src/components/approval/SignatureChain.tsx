import {
  CRITIC_PRINCIPAL,
  type Approval,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { nameInRef, PersonName } from '../status/PersonName';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { ROLE_LABELS, roleInTurn } from './approvalRules';

function holdersText(
  approval: Approval,
  role: Approval['requiredRoles'][number],
) {
  const holders = approval.chain?.holders.find(each => each.role === role);
  if (!holders) {
    return undefined;
  }
  return holders.refs.length > 0
    ? holders.refs.map(nameInRef).join(', ')
    : 'nobody; ask the owners of the portal';
}

/** Who signed in which role, what is missing, who could give it, and why two people have to. */
export function SignatureChain(props: { approval: Approval }) {
  const { approval } = props;
  const { requiredRoles, decisions, chain, status } = approval;
  const next = roleInTurn(approval);
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
        {requiredRoles.map(role => {
          const decision = decisions.find(each => each.role === role);
          const holders = holdersText(approval, role);
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
                  :{' '}
                  {decision.decidedBy === CRITIC_PRINCIPAL ? (
                    'the critic'
                  ) : (
                    <PersonName entityRef={decision.decidedBy} />
                  )}
                  , <TimeText value={decision.decidedAt} />
                  {decision.reason && ` – “${decision.reason}”`}
                </>
              )}
              {!decision && status === 'open' && holders && (
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                >
                  {next && role !== next
                    ? `: after the ${ROLE_LABELS[next].toLocaleLowerCase()}; `
                    : ': '}
                  {holders}
                </Typography>
              )}
            </Box>
          );
        })}
      </Box>
      {chain && chain.twoPeopleBecause.length > 0 && (
        <Alert severity="warning" sx={{ my: 1 }}>
          Two people have to sign, wherever this goes:{' '}
          {chain.twoPeopleBecause.join('; ')}
        </Alert>
      )}
    </>
  );
}

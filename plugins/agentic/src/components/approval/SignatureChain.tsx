import {
  CRITIC_PRINCIPAL,
  type Approval,
  type ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { nameInRef, PersonName } from '../status/PersonName';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { roleInTurn } from './approvalRules';
import type { Translate } from '../../translation/Translate';

function holdersText(
  approval: Approval,
  role: Approval['requiredRoles'][number],
  t: Translate,
) {
  const holders = approval.chain?.holders.find(each => each.role === role);
  if (!holders) {
    return undefined;
  }
  return holders.refs.length > 0
    ? holders.refs.map(nameInRef).join(', ')
    : t('approvals.chain.nobody');
}

function Signed(props: {
  role: ApprovalRole;
  decision: Approval['decisions'][number];
}) {
  const { t } = useAgenticTranslation();
  const { decidedBy, decidedAt, reason } = props.decision;
  const values = {
    role: t(`words.role.${props.role}`),
    person:
      decidedBy === CRITIC_PRINCIPAL ? (
        <>{t('approvals.chain.critic')}</>
      ) : (
        <PersonName entityRef={decidedBy} />
      ),
    time: <TimeText value={decidedAt} />,
  };
  return reason
    ? t('approvals.chain.signedBecause', { ...values, reason })
    : t('approvals.chain.signed', values);
}

/** Who signed in which role, what is missing, who could give it, and why two people have to. */
export function SignatureChain(props: { approval: Approval }) {
  const { t } = useAgenticTranslation();
  const { approval } = props;
  const { requiredRoles, decisions, chain, status } = approval;
  const next = roleInTurn(approval);
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
        {requiredRoles.map(role => {
          const decision = decisions.find(each => each.role === role);
          const holders = holdersText(approval, role, t);
          return (
            <Box component="li" key={role} sx={{ py: 0.5 }}>
              {!decision && (
                <StatusPill tone="waiting">
                  {t('approvals.chain.missing')}
                </StatusPill>
              )}
              {decision?.decision === 'approve' && (
                <StatusPill tone="good">
                  {t('approvals.chain.approved')}
                </StatusPill>
              )}
              {decision?.decision === 'reject' && (
                <StatusPill tone="bad">
                  {t('approvals.chain.rejected')}
                </StatusPill>
              )}{' '}
              {decision ? (
                <Signed role={role} decision={decision} />
              ) : (
                t(`words.role.${role}`)
              )}
              {!decision && status === 'open' && holders && (
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                >
                  {next && role !== next
                    ? t('approvals.chain.after', {
                        role: t(`approvals.roleInText.${next}`),
                        holders,
                      })
                    : t('approvals.chain.holders', { holders })}
                </Typography>
              )}
            </Box>
          );
        })}
      </Box>
      {chain && chain.twoPeopleBecause.length > 0 && (
        <Alert severity="warning" sx={{ my: 1 }}>
          {t('approvals.chain.twoPeople', {
            reasons: chain.twoPeopleBecause.join('; '),
          })}
        </Alert>
      )}
    </>
  );
}

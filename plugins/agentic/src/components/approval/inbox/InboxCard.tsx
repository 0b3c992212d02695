import {
  formatDuration,
  type ApprovalInboxItem,
} from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { useNow } from '../../../live/useNow';
import { workflowRouteRef } from '../../../routes';
import { useAgenticTranslation } from '../../../translation/useAgenticTranslation';
import { FactList } from '../../status/FactList';
import { LinkOrText } from '../../status/LinkOrText';
import { nameInRef } from '../../status/PersonName';
import { StatusPill } from '../../status/StatusPill';
import {
  APPROVALS,
  APPROVAL_KINDS,
  CRITIC_DECISIONS,
} from '../../status/wording';
import { WordedPill } from '../../status/WordedPill';
import { ExpiryCountdown } from '../ExpiryCountdown';
import { reasonsFor } from './reasonsFor';

const MAX_CHANGES = 4;

function ago(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  return formatDuration(
    seconds < 120 ? seconds : Math.floor(seconds / 60) * 60,
  );
}

function Lines(props: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ my: 1 }}>
      <Typography component="h5" variant="subtitle2" color="text.secondary">
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
}

/** One approval as the inbox shows it: what changes, why it is asked, how far it reaches, what the critic says, how long it has left. */
export function InboxCard(props: { item: ApprovalInboxItem }) {
  const { t } = useAgenticTranslation();
  const { item } = props;
  const { approval, agent, turn } = item;
  const { dryRunResults, estimatedImpact, critic = [] } = approval;
  const titleId = useId();
  const now = useNow(true, 30_000);
  const to = useRouteRef(workflowRouteRef)?.({
    workflowId: approval.workflowId,
  });
  const changes = dryRunResults.slice(0, MAX_CHANGES);
  return (
    <Paper
      component="article"
      variant="outlined"
      aria-labelledby={titleId}
      data-inbox
      sx={{
        p: { xs: 1.5, sm: 2 },
        mb: 1.5,
        overflowWrap: 'anywhere',
        '&:focus-within': { borderColor: 'primary.main' },
      }}
    >
      <Stack
        direction="row"
        spacing={1}
        alignItems="center"
        useFlexGap
        flexWrap="wrap"
      >
        <Typography
          id={titleId}
          component="h4"
          variant="subtitle1"
          fontWeight={600}
          sx={{ flexGrow: 1 }}
        >
          <LinkOrText to={to && `${to}?tab=approval`}>
            {t('inbox.title', {
              plan: approval.plan.title,
              service: approval.serviceName,
              environment: approval.environment,
            })}
          </LinkOrText>
        </Typography>
        {approval.status !== 'open' && (
          <WordedPill wordings={APPROVALS} state={approval.status} />
        )}
        {approval.kind && (
          <WordedPill wordings={APPROVAL_KINDS} state={approval.kind} />
        )}
        {estimatedImpact.destructive && (
          <StatusPill tone="bad">{t('inbox.destructive')}</StatusPill>
        )}
      </Stack>
      <Lines title={t('inbox.whatChanges')}>
        {changes.length === 0 ? (
          <Typography>{t('inbox.nothingChanges')}</Typography>
        ) : (
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {changes.map(({ effectId, summary }) => (
              <li key={effectId}>{summary}</li>
            ))}
            {dryRunResults.length > MAX_CHANGES && (
              <li>
                {t('inbox.more', { total: dryRunResults.length - MAX_CHANGES })}
              </li>
            )}
          </Box>
        )}
      </Lines>
      <Lines title={turn === 'mine' ? t('inbox.whyYou') : t('inbox.whyAsked')}>
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {reasonsFor(item, t).map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </Box>
      </Lines>
      <FactList
        facts={[
          [t('inbox.reach'), estimatedImpact.blastRadius || undefined],
          [
            t('inbox.critic'),
            critic.length > 0 ? (
              <span key="critic">
                <WordedPill
                  wordings={CRITIC_DECISIONS}
                  state={critic[0].decision}
                />{' '}
                {critic[0].findings[0]?.reason}
              </span>
            ) : (
              t('inbox.noCritic')
            ),
          ],
          [
            t('inbox.asked'),
            t('inbox.askedBy', {
              name: nameInRef(approval.requestedBy),
              duration: ago(approval.createdAt, now),
            }),
          ],
          [t('inbox.askedOf'), agent],
          [
            t('inbox.signatures'),
            t('common.ofTotal', {
              part: approval.decisions.filter(
                ({ decision }) => decision === 'approve',
              ).length,
              total: approval.requiredRoles.length,
            }),
          ],
          [
            t('inbox.expires'),
            approval.status === 'open' ? (
              <ExpiryCountdown key="end" expiresAt={approval.expiresAt} />
            ) : undefined,
          ],
        ]}
      />
    </Paper>
  );
}

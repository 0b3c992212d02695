import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { approvalsRouteRef, workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ExpiryCountdown } from '../approval/ExpiryCountdown';
import { Notice } from '../states/Notice';
import { LinkOrText } from '../status/LinkOrText';
import { WidgetFrame } from './WidgetFrame';

const SHOWN = 5;

/** On the home page: the approvals that wait for the signature of who is signed in, soonest to expire first. */
export function ApprovalsWidget() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const inboxLink = useRouteRef(approvalsRouteRef)?.();
  const workflowLink = useRouteRef(workflowRouteRef);
  const load = useCallback(() => api.getApprovalInbox({ limit: 50 }), [api]);
  const { value, error, reload } = useLoaded(load);
  useRefreshOnNews(reload);
  const mine = value?.items.filter(({ turn }) => turn === 'mine') ?? [];

  return (
    <WidgetFrame
      what={t('common.subject.yourApprovals')}
      loaded={value !== undefined}
      error={error}
      onRetry={reload}
    >
      {mine.length === 0 && <Notice>{t('home.nothingWaits')}</Notice>}
      <List dense disablePadding aria-label={t('home.approvalsLabel')}>
        {mine.slice(0, SHOWN).map(({ approval }) => (
          <ListItem key={approval.approvalId} disableGutters>
            <ListItemText
              primary={
                <LinkOrText
                  to={workflowLink?.({ workflowId: approval.workflowId })}
                >
                  {approval.serviceName}
                </LinkOrText>
              }
              secondary={
                <>
                  {approval.environment} ·{' '}
                  <ExpiryCountdown expiresAt={approval.expiresAt} />
                </>
              }
            />
          </ListItem>
        ))}
      </List>
      {value && value.mine > SHOWN && (
        <LinkOrText to={inboxLink}>
          {t('home.allOf', { total: value.mine })}
        </LinkOrText>
      )}
    </WidgetFrame>
  );
}

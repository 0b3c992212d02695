import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { workflowRouteRef, workflowsRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { LinkOrText } from '../status/LinkOrText';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { PHASES } from '../status/wording';
import { WidgetFrame } from './WidgetFrame';

const SHOWN = 5;

/** On the home page: what became of the latest requests of who is signed in. */
export function MyWorkflowsWidget() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const me = useCurrentUser();
  const listLink = useRouteRef(workflowsRouteRef)?.();
  const workflowLink = useRouteRef(workflowRouteRef);
  const load = useCallback(
    async () =>
      me ? api.listWorkflows({ requestedBy: me, limit: SHOWN }) : undefined,
    [api, me],
  );
  const { value: page, error, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  return (
    <WidgetFrame
      what={t('common.subject.yourWorkflows')}
      loaded={page !== undefined}
      error={error}
      onRetry={reload}
    >
      {page?.items.length === 0 && <Notice>{t('home.nothingAsked')}</Notice>}
      <List dense disablePadding aria-label={t('home.workflowsLabel')}>
        {page?.items.map(workflow => (
          <ListItem
            key={workflow.workflowId}
            disableGutters
            secondaryAction={
              <WordedPill wordings={PHASES} state={workflow.phase} />
            }
          >
            <ListItemText
              primary={
                <LinkOrText
                  to={workflowLink?.({ workflowId: workflow.workflowId })}
                >
                  {workflow.serviceName}
                </LinkOrText>
              }
              secondary={
                <>
                  {workflow.environment} ·{' '}
                  <TimeText value={workflow.createdAt} />
                </>
              }
            />
          </ListItem>
        ))}
      </List>
      {page && page.totalItems > SHOWN && (
        <LinkOrText to={listLink && `${listLink}?view=mine`}>
          {t('home.allOf', { total: page.totalItems })}
        </LinkOrText>
      )}
    </WidgetFrame>
  );
}

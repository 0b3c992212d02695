import {
  ApprovalTurn,
  type ApprovalInbox,
} from '@agentic-backstage/plugin-agentic-common';
import { Content, EmptyState } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useRef, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { InboxCard } from './inbox/InboxCard';
import { InboxFilters } from './inbox/InboxFilters';
import { InboxSkeleton } from './inbox/InboxSkeleton';
import { KeyboardHelp } from './inbox/KeyboardHelp';
import { useInboxFilter } from './inbox/useInboxFilter';
import { useInboxKeys } from './inbox/useInboxKeys';
import { StatisticsCard } from './StatisticsCard';

const FIRST = 25;
/** More than this the backend does not answer at once. */
const MOST = 200;

function Groups(props: { items: ApprovalInbox['items'] }) {
  const { t } = useAgenticTranslation();
  const { items } = props;
  return (
    <>
      {ApprovalTurn.options.map(turn => {
        const own = items.filter(item => item.turn === turn);
        return own.length === 0 ? null : (
          <Box key={turn} component="section" sx={{ mb: 2 }}>
            <Typography component="h3" variant="h6" sx={{ mb: 1 }}>
              {t(`inbox.turn.${turn}`)} ({own.length})
            </Typography>
            {own.map(item => (
              <InboxCard key={item.approval.approvalId} item={item} />
            ))}
          </Box>
        );
      })}
    </>
  );
}

/**
 * The inbox: what the reader can decide first, and why it is asked of them; then the rest they may see,
 * and how decisions came about. Each is decided by itself where it is shown in full, never in bulk.
 */
export function ApprovalsPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [filter, setFilter] = useInboxFilter();
  const [limit, setLimit] = useState(FIRST);
  const [help, setHelp] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const toggleHelp = useCallback(() => setHelp(open => !open), []);
  const keys = useInboxKeys(list, toggleHelp);
  const load = useCallback(
    () => api.getApprovalInbox({ ...filter, limit }),
    [api, filter, limit],
  );
  const { value: inbox, error, reload } = useLoaded(load);
  useRefreshOnNews(reload);
  const isPlain = Object.keys(filter).length === 1 && filter.status === 'open';

  return (
    <Content>
      <InboxFilters
        filter={filter}
        counts={inbox?.counts}
        onChange={next => {
          setLimit(FIRST);
          setFilter(next);
        }}
      />
      {!inbox && !error && <InboxSkeleton />}
      {error && !inbox && (
        <LoadFailure
          error={error}
          what={t('common.subject.approvals')}
          onRetry={reload}
        />
      )}
      {error && inbox && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('common.listOutOfDate', { problem: error.message })}
        </Alert>
      )}
      {inbox?.totalItems === 0 && (
        <EmptyState
          missing="data"
          title={isPlain ? t('inbox.emptyTitle') : t('inbox.noMatch')}
          description={isPlain ? t('inbox.emptyText') : t('inbox.noMatchText')}
        />
      )}
      {inbox && inbox.totalItems > 0 && (
        <>
          <Typography role="status" sx={{ mb: 1 }}>
            {inbox.mine === 0
              ? t('inbox.summaryNone', {
                  total: inbox.totalItems,
                  state: t(`inbox.state.${filter.status}`),
                })
              : t('inbox.summary', {
                  mine: inbox.mine,
                  total: inbox.totalItems,
                  state: t(`inbox.state.${filter.status}`),
                })}
          </Typography>
          <KeyboardHelp
            open={help}
            onToggle={setHelp}
            enabled={keys.enabled}
            onEnable={keys.enable}
          />
          <Box ref={list} role="region" aria-label={t('inbox.label')}>
            <Groups items={inbox.items} />
          </Box>
          {inbox.items.length < Math.min(inbox.totalItems, MOST) && (
            <Button
              variant="outlined"
              sx={{ mb: 2 }}
              onClick={() => setLimit(Math.min(limit * 2, MOST))}
            >
              {t('inbox.showMore')}
            </Button>
          )}
        </>
      )}
      <StatisticsCard />
    </Content>
  );
}

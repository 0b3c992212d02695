import { Content, EmptyState } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { agenticApiRef } from '../../api/AgenticApi';
import { useDebounced } from '../../live/useDebounced';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Pager } from '../status/Pager';
import { AuditEntryDialog } from './AuditEntryDialog';
import { AuditFilters } from './AuditFilters';
import {
  isNarrowed,
  readView,
  toFilter,
  writeView,
  type AuditView,
} from './auditQuery';
import { AuditTable } from './AuditTable';
import { ExportButtons } from './ExportButtons';
import { VerifiedBadge } from './VerifiedBadge';

const PAGE_SIZE = 50;

/** The audit log; filters and the open entry live in the address so that a view can be shared. */
export function AuditPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [search, setSearch] = useSearchParams();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const view = readView(search);
  const settled = useDebounced(search.toString(), 300);
  const filter = useMemo(
    () => toFilter(readView(new URLSearchParams(settled))),
    [settled],
  );
  const cursor = cursors[cursors.length - 1];
  const load = useCallback(
    () => api.searchAudit({ ...filter, limit: PAGE_SIZE, cursor }),
    [api, filter, cursor],
  );
  const { value: page, error, loading, reload } = useLoaded(load);
  // A page on which nothing was found may say that there is more to look through.
  const isEmpty = page?.items.length === 0 && page.nextCursor === undefined;
  const opened = /^(.+)\/(\d+)$/.exec(search.get('entry') ?? '');

  const changeView = (change: Partial<AuditView>) => {
    setCursors([]);
    setSearch(writeView(search, change), { replace: true });
  };
  const open = (entry: string | undefined) => {
    const next = new URLSearchParams(search);
    if (entry) next.set('entry', entry);
    else next.delete('entry');
    setSearch(next, { replace: true });
  };

  return (
    <Content>
      <Stack
        direction={{ xs: 'column', md: 'row' }}
        justifyContent="space-between"
        spacing={2}
        sx={{ mb: 3 }}
      >
        <AuditFilters view={view} onChange={changeView} />
        <ExportButtons filter={filter} />
      </Stack>
      {filter.workflow && page && page.items.length > 0 && (
        <Stack direction="row" spacing={1} sx={{ mb: 2 }}>
          <VerifiedBadge chain={filter.workflow} />
        </Stack>
      )}
      {loading && <LinearProgress aria-label={t('audit.loading')} />}
      {error && (
        <LoadFailure
          error={error}
          what={t('common.subject.auditLog')}
          onRetry={reload}
        />
      )}
      {page && !error && isEmpty && (
        <EmptyState
          missing="data"
          title={isNarrowed(view) ? t('audit.noMatch') : t('audit.empty')}
          description={
            isNarrowed(view) ? t('common.changeFilters') : t('audit.emptyHint')
          }
        />
      )}
      {page && !error && !isEmpty && (
        <>
          <AuditTable
            entries={page.items}
            onSelect={({ chain, seq }) => open(`${chain}/${seq}`)}
          />
          <Pager
            label={t('audit.pages')}
            cursors={cursors}
            nextCursor={page.nextCursor}
            onChange={setCursors}
          />
        </>
      )}
      {opened && (
        <AuditEntryDialog
          chain={opened[1]}
          seq={Number(opened[2])}
          onClose={() => open(undefined)}
        />
      )}
    </Content>
  );
}

import { Content, EmptyState } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useReloadEvery } from '../../live/useReloadEvery';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Pager } from '../status/Pager';
import { IncidentFilters, parseIncidentFilter } from './IncidentFilters';
import { IncidentTable } from './IncidentTable';
import { OpenIncidentDialog } from './OpenIncidentDialog';
import { useMayManageIncidents } from './useMayManageIncidents';

const PAGE_SIZE = 25;
const POLL_MS = 15_000;

/** What went wrong and takes people; the filters live in the address so that a view can be shared. */
export function IncidentsPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [search, setSearch] = useSearchParams();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [opening, setOpening] = useState(false);
  const mayManage = useMayManageIncidents();
  const filter = parseIncidentFilter(search);
  const { status, severity, source } = filter;
  const cursor = cursors[cursors.length - 1];

  const load = useCallback(
    () =>
      api.listIncidents({
        status: status || undefined,
        severity: severity || undefined,
        source: source || undefined,
        limit: PAGE_SIZE,
        cursor,
      }),
    [api, status, severity, source, cursor],
  );
  const { value: page, error, loading, reload } = useLoaded(load);
  useReloadEvery(POLL_MS, reload);

  const changeFilter = (change: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setCursors([]);
    setSearch(next, { replace: true });
  };
  const narrowed = status !== 'unresolved' || severity !== '' || source !== '';

  return (
    <Content>
      <Stack
        direction={{ xs: 'column', md: 'row' }}
        justifyContent="space-between"
        spacing={2}
        sx={{ mb: 3 }}
      >
        <IncidentFilters filter={filter} onChange={changeFilter} />
        {mayManage && (
          <Button variant="outlined" onClick={() => setOpening(true)}>
            {t('incidents.open.title')}
          </Button>
        )}
      </Stack>
      {loading && !page && (
        <LinearProgress aria-label={t('incidents.loading')} />
      )}
      {error && !page && (
        <LoadFailure
          error={error}
          what={t('common.subject.incidents')}
          onRetry={reload}
        />
      )}
      {error && page && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('common.listOutOfDate', { problem: error.message })}
        </Alert>
      )}
      {page && page.items.length === 0 && (
        <EmptyState
          missing="data"
          title={narrowed ? t('incidents.noMatch') : t('incidents.empty')}
          description={
            narrowed ? t('common.changeFilters') : t('incidents.emptyHint')
          }
        />
      )}
      {page && page.items.length > 0 && (
        <>
          <IncidentTable incidents={page.items} />
          <Pager
            label={t('incidents.pages')}
            cursors={cursors}
            nextCursor={page.nextCursor}
            onChange={setCursors}
            summary={t('incidents.summary', page.unresolved)}
          />
        </>
      )}
      {opening && (
        <OpenIncidentDialog
          onOpened={reload}
          onClose={() => setOpening(false)}
        />
      )}
    </Content>
  );
}

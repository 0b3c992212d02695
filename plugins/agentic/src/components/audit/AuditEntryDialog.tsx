import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useCallback, useId } from 'react';
import type {
  AuditEntry,
  AuditPayload,
} from '@agentic-backstage/plugin-agentic-common';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { FactList } from '../status/FactList';
import { TimeText } from '../status/TimeText';
import { VerifiedBadge } from './VerifiedBadge';

function PayloadText(props: { payload: AuditPayload | undefined }) {
  const { t } = useAgenticTranslation();
  const { payload } = props;
  if (!payload) {
    return <Notice>{t('audit.missingPayload')}</Notice>;
  }
  if ('erased' in payload) {
    const { at, reason, entry } = payload.erased;
    return (
      <Notice>
        {t('audit.erased', {
          time: <TimeText value={at} />,
          reason,
          entry: String(entry),
        })}
      </Notice>
    );
  }
  return (
    <Box
      component="pre"
      tabIndex={0}
      aria-label={t('audit.payload')}
      sx={{
        m: 0,
        p: 1.5,
        maxHeight: 400,
        overflow: 'auto',
        bgcolor: 'action.hover',
        fontSize: '0.8125rem',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      }}
    >
      {JSON.stringify(payload.value, undefined, 2)}
    </Box>
  );
}

function EntryFacts(props: { entry: AuditEntry }) {
  const { t } = useAgenticTranslation();
  const { entry } = props;
  return (
    <FactList
      facts={[
        [t('common.when'), <TimeText value={entry.at} />],
        [t('audit.actor'), entry.actor],
        [t('audit.subject'), entry.subject],
        [t('audit.filter.service'), entry.serviceName],
        [t('audit.filter.environment'), entry.environment],
        [
          t('audit.record'),
          t('audit.entryOf', { seq: String(entry.seq), chain: entry.chain }),
        ],
        [t('audit.wholeRecord'), <VerifiedBadge chain={entry.chain} />],
        [t('audit.hash'), entry.hash],
        [t('audit.hashBefore'), entry.previous],
        [t('audit.digest'), entry.payloadDigest],
        [t('audit.payload'), <PayloadText payload={entry.payload} />],
      ]}
    />
  );
}

/** One entry with its payload and its place in the chain; shown as long as it is mounted. */
export function AuditEntryDialog(props: {
  chain: string;
  seq: number;
  onClose: () => void;
}) {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const titleId = useId();
  const { chain, seq } = props;
  const load = useCallback(
    () => api.getAuditEntry(chain, seq),
    [api, chain, seq],
  );
  const { value: entry, error, reload } = useLoaded(load);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
      onClose={props.onClose}
    >
      <DialogTitle id={titleId}>{entry?.kind ?? t('audit.entry')}</DialogTitle>
      <DialogContent>
        {error && (
          <LoadFailure
            error={error}
            what={t('common.subject.entry')}
            onRetry={reload}
          />
        )}
        {!entry && !error && (
          <LinearProgress aria-label={t('audit.loadingEntry')} />
        )}
        {entry && <EntryFacts entry={entry} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

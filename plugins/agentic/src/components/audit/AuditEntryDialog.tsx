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
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { FactList } from '../status/FactList';
import { TimeText } from '../status/TimeText';
import { VerifiedBadge } from './VerifiedBadge';

function PayloadText(props: { payload: AuditPayload | undefined }) {
  const { payload } = props;
  if (!payload) {
    return <Notice>The payload is missing.</Notice>;
  }
  if ('erased' in payload) {
    const { at, reason, entry } = payload.erased;
    return (
      <Notice>
        Erased <TimeText value={at} />: {reason} (entry {entry})
      </Notice>
    );
  }
  return (
    <Box
      component="pre"
      tabIndex={0}
      aria-label="Payload"
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
  const { entry } = props;
  return (
    <FactList
      facts={[
        ['Time', <TimeText value={entry.at} />],
        ['Actor', entry.actor],
        ['Subject', entry.subject],
        ['Service', entry.serviceName],
        ['Environment', entry.environment],
        ['Record', `entry ${entry.seq} of ${entry.chain}`],
        ['Record as a whole', <VerifiedBadge chain={entry.chain} />],
        ['Hash', entry.hash],
        ['Hash before', entry.previous],
        ['Digest of payload', entry.payloadDigest],
        ['Payload', <PayloadText payload={entry.payload} />],
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
      <DialogTitle id={titleId}>{entry?.kind ?? 'Entry'}</DialogTitle>
      <DialogContent>
        {error && (
          <LoadFailure error={error} what="this entry" onRetry={reload} />
        )}
        {!entry && !error && <LinearProgress aria-label="Loading the entry" />}
        {entry && <EntryFacts entry={entry} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

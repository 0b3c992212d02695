import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { failureKind } from '../../api/AgenticRequestError';
import { useLoaded } from '../../live/useLoaded';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

/** Whether a chain is what was recorded, as the backend finds it when this is shown. */
export function VerifiedBadge(props: { chain: string }) {
  const api = useApi(agenticApiRef);
  const { chain } = props;
  const load = useCallback(() => api.verifyChain(chain), [api, chain]);
  const { value, error } = useLoaded(load);
  if (error) {
    return failureKind(error) === 'denied' ||
      failureKind(error) === 'missing' ? null : (
      <StatusPill tone="unknown">Not verified: {error.message}</StatusPill>
    );
  }
  if (!value) {
    return <StatusPill tone="busy">Verifying</StatusPill>;
  }
  if (value.status === 'intact') {
    return (
      <StatusPill tone="good">
        Verified: {value.entries} entries, <TimeText value={value.checkedAt} />
      </StatusPill>
    );
  }
  return (
    <Box role="alert">
      <StatusPill tone="bad">Broken</StatusPill>
      <Box component="ul" sx={{ my: 1 }}>
        {value.problems.slice(0, 5).map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </Box>
    </Box>
  );
}

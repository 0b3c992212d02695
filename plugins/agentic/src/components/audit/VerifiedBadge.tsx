import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { failureKind } from '../../api/AgenticRequestError';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

/** Whether a chain is what was recorded, as the backend finds it when this is shown. */
export function VerifiedBadge(props: { chain: string }) {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const { chain } = props;
  const load = useCallback(() => api.verifyChain(chain), [api, chain]);
  const { value, error } = useLoaded(load);
  if (error) {
    return failureKind(error) === 'denied' ||
      failureKind(error) === 'missing' ? null : (
      <StatusPill tone="unknown">
        {t('audit.notVerified', { problem: error.message })}
      </StatusPill>
    );
  }
  if (!value) {
    return <StatusPill tone="busy">{t('audit.verifying')}</StatusPill>;
  }
  if (value.status === 'intact') {
    return (
      <StatusPill tone="good">
        {t('audit.verified', {
          entries: value.entries,
          time: <TimeText value={value.checkedAt} />,
        })}
      </StatusPill>
    );
  }
  return (
    <Box role="alert">
      <StatusPill tone="bad">{t('audit.broken')}</StatusPill>
      <Box component="ul" sx={{ my: 1 }}>
        {value.problems.slice(0, 5).map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </Box>
    </Box>
  );
}

import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import type { KillSwitch } from '@agentic-backstage/plugin-agentic-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useKillSwitch } from '../../live/useKillSwitch';
import { agentsRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';

function StopLine({ stop }: { stop: KillSwitch }) {
  const { t } = useAgenticTranslation();
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere' }}>
      {t('agents.banner.line', {
        who: <strong>{stop.agent ?? t('agents.allAgents')}</strong>,
        person: <PersonName entityRef={stop.engagedBy} />,
        time: <TimeText value={stop.engagedAt} />,
        reason: stop.reason,
      })}
    </Box>
  );
}

/** Says on every page of ours, while a kill switch is on, who stopped what and why. Nothing while none is. */
export function StopBanner() {
  const { t } = useAgenticTranslation();
  const { value } = useKillSwitch();
  const agentsLink = useRouteRef(agentsRouteRef);
  if (!value || value.engaged.length === 0) {
    return null;
  }
  const all = value.engaged.some(stop => stop.agent === undefined);
  return (
    <Alert severity="error" variant="outlined" sx={{ m: 2, mb: 0 }}>
      <AlertTitle>
        {all ? t('agents.banner.allStopped') : t('agents.banner.stopped')}
      </AlertTitle>
      {t('agents.banner.held')}
      <Box component="ul" sx={{ my: 0.5, pl: 2.5 }}>
        {value.engaged.map(stop => (
          <StopLine key={stop.switchId} stop={stop} />
        ))}
      </Box>
      <LinkOrText to={agentsLink?.()}>{t('agents.title')}</LinkOrText>
    </Alert>
  );
}

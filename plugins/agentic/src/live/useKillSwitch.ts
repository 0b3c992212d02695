import {
  AGENTIC_KILL_SWITCH_CHANNEL,
  type KillSwitchState,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect } from 'react';
import { agenticApiRef } from '../api/AgenticApi';
import { useLoaded, type Loaded } from './useLoaded';

/** Signals may be switched off or lost; a stop is worth asking for this often. */
const POLL_MS = 10_000;

/** What is stopped, kept up to date while the page is shown. */
export function useKillSwitch(): Loaded<KillSwitchState> {
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getKillSwitch(), [api]);
  const loaded = useLoaded(load);
  const { reload } = loaded;
  const { lastSignal } = useSignal(AGENTIC_KILL_SWITCH_CHANNEL);

  useEffect(() => {
    if (lastSignal) {
      reload();
    }
  }, [lastSignal, reload]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        reload();
      }
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [reload]);

  return loaded;
}

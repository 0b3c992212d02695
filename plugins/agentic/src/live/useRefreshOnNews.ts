import { AGENTIC_SIGNAL_CHANNEL } from '@agentic-backstage/plugin-agentic-common';
import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';

/** Signals may be switched off or lost, so lists are also read again this often. */
const POLL_MS = 15_000;

/** Calls `reload` when any workflow has news, and now and then while the page is visible. */
export function useRefreshOnNews(reload: () => void): void {
  const { lastSignal } = useSignal(AGENTIC_SIGNAL_CHANNEL);

  useEffect(() => {
    if (!lastSignal) {
      return undefined;
    }
    const timer = setTimeout(reload, 300);
    return () => clearTimeout(timer);
  }, [lastSignal, reload]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        reload();
      }
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [reload]);
}

import { useEffect } from 'react';

/** Loads again every so often while the page is in front of somebody. */
export function useReloadEvery(milliseconds: number, reload: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        reload();
      }
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, reload]);
}

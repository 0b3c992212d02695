import { useCallback, useEffect, useState } from 'react';

/** What a load has brought so far; a value stays while it is loaded again. */
export interface Loaded<T> {
  readonly value?: T;
  readonly error?: Error;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Loads when shown and whenever `load` changes; wrap `load` in `useCallback`. A late answer of an older load is dropped. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({
    loading: true,
  });
  const [round, setRound] = useState(0);

  useEffect(() => {
    let current = true;
    setState(previous => ({ ...previous, loading: true }));
    load().then(
      value => current && setState({ value, loading: false }),
      error =>
        current &&
        setState(previous => ({
          value: previous.value,
          error,
          loading: false,
        })),
    );
    return () => {
      current = false;
    };
  }, [load, round]);

  const reload = useCallback(() => setRound(previous => previous + 1), []);
  return { ...state, reload };
}

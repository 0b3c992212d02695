import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';

/** A filter under a name of its own, as the part of an address. */
export const SavedFilter = z.object({
  name: z.string().min(1),
  filter: z.string(),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

const BUCKET = 'agentic.workflows';
const KEY = 'savedFilters';
const SavedFilters = z.array(SavedFilter);

/** What is stored may be from another version, or from another hand. */
function parseSaved(value: unknown): SavedFilter[] {
  const parsed = SavedFilters.safeParse(value);
  return parsed.success ? parsed.data : [];
}

/** The filters a person has saved, by name; kept where the portal keeps its people's settings. */
export function useSavedFilters() {
  const storageApi = useApi(storageApiRef);
  const bucket = useMemo(() => storageApi.forBucket(BUCKET), [storageApi]);
  const [saved, setSaved] = useState<SavedFilter[]>(() =>
    parseSaved(bucket.snapshot(KEY).value),
  );

  useEffect(() => {
    const subscription = bucket
      .observe$(KEY)
      .subscribe(({ value }) => setSaved(parseSaved(value)));
    // Between the first look and the subscription something may have come.
    setSaved(parseSaved(bucket.snapshot(KEY).value));
    return () => subscription.unsubscribe();
  }, [bucket]);

  const store = useCallback(
    (filters: SavedFilter[]) =>
      bucket.set<SavedFilter[]>(
        KEY,
        [...filters].sort((left, right) => left.name.localeCompare(right.name)),
      ),
    [bucket],
  );
  return {
    saved,
    /** Saves under a name; what was saved under it before is replaced. */
    save: (name: string, filter: string) =>
      store([...saved.filter(each => each.name !== name), { name, filter }]),
    remove: (name: string) => store(saved.filter(each => each.name !== name)),
  };
}

import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** The first items of a long list, and a button that brings the others; no button when all are shown. */
export function useShortened<T>(
  items: readonly T[],
  options: {
    first: number;
    noun: 'changes' | 'findings' | 'limits' | 'reasons';
  },
): { shown: readonly T[]; more: ReactNode } {
  const { t } = useAgenticTranslation();
  const { first, noun } = options;
  const [all, setAll] = useState(false);
  // One more line is shorter than the button would be.
  if (all || items.length <= first + 1) {
    return { shown: items, more: undefined };
  }
  return {
    shown: items.slice(0, first),
    more: (
      <Button size="small" onClick={() => setAll(true)}>
        {t(`common.showAll.${noun}`, { total: items.length })}
      </Button>
    ),
  };
}

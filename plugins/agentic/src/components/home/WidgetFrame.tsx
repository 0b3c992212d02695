import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { failureKind } from '../../api/AgenticRequestError';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';

/** The states that a widget of the home page has in common: loading, denied, failed, and its content. */
export function WidgetFrame(props: {
  /** What is loaded, in words that fit “Could not load …”. */
  what: string;
  loaded: boolean;
  error?: Error;
  onRetry: () => void;
  children: ReactNode;
}) {
  const { t } = useAgenticTranslation();
  const { what, loaded, error, onRetry, children } = props;
  if (loaded) {
    return <>{children}</>;
  }
  if (error) {
    return failureKind(error) === 'denied' ? (
      <Notice>{t('home.denied')}</Notice>
    ) : (
      <LoadFailure error={error} what={what} onRetry={onRetry} />
    );
  }
  return (
    <div role="status" aria-label={t('common.failure.loading', { what })}>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} />
    </div>
  );
}

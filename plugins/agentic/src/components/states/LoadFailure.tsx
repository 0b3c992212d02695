import { EmptyState, ResponseErrorPanel } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { failureKind } from '../../api/AgenticRequestError';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** Says why something could not be shown: no permission, not there, or a failure that can be tried again. */
export function LoadFailure(props: {
  error: Error;
  /** What could not be shown, for example `the workflows`. */
  what: string;
  onRetry?: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { error, what, onRetry } = props;
  const kind = failureKind(error);
  const retry = onRetry && (
    <Button variant="outlined" onClick={onRetry}>
      {t('common.tryAgain')}
    </Button>
  );
  if (kind === 'denied') {
    return (
      <EmptyState
        missing="content"
        title={t('common.failure.denied', { what })}
        description={t('common.failure.deniedHint', { problem: error.message })}
        action={retry}
      />
    );
  }
  if (kind === 'missing') {
    return (
      <EmptyState
        missing="content"
        title={t('common.failure.missing', { what })}
        description={error.message}
        action={retry}
      />
    );
  }
  return (
    <>
      <Alert severity="error" action={retry} sx={{ mb: 2 }}>
        {t('common.failure.failed', { what })}
      </Alert>
      <ResponseErrorPanel error={error} />
    </>
  );
}

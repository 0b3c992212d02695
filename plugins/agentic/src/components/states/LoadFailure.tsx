import { EmptyState, ResponseErrorPanel } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { failureKind } from '../../api/AgenticRequestError';

/** Says why something could not be shown: no permission, not there, or a failure that can be tried again. */
export function LoadFailure(props: {
  error: Error;
  /** What could not be shown, for example `the workflows`. */
  what: string;
  onRetry?: () => void;
}) {
  const { error, what, onRetry } = props;
  const kind = failureKind(error);
  const retry = onRetry && (
    <Button variant="outlined" onClick={onRetry}>
      Try again
    </Button>
  );
  if (kind === 'denied') {
    return (
      <EmptyState
        missing="content"
        title={`You may not see ${what}`}
        description={`${error.message} Ask the owner of the service or an administrator of the portal for access.`}
        action={retry}
      />
    );
  }
  if (kind === 'missing') {
    return (
      <EmptyState
        missing="content"
        title={`We could not find ${what}`}
        description={error.message}
        action={retry}
      />
    );
  }
  return (
    <>
      <Alert severity="error" action={retry} sx={{ mb: 2 }}>
        {`Could not load ${what}.`}
      </Alert>
      <ResponseErrorPanel error={error} />
    </>
  );
}

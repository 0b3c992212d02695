import type { TaskView } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** Says why tasks do not go on although nothing is wrong with them, each reason once. Nothing while none is held. */
export function HeldNotice(props: { tasks: readonly TaskView[] }) {
  const { t } = useAgenticTranslation();
  const reasons = new Set(props.tasks.flatMap(task => task.heldBecause ?? []));
  return (
    <>
      {[...reasons].map(reason => (
        <Alert
          key={reason}
          severity="warning"
          sx={{ mb: 2, overflowWrap: 'anywhere' }}
        >
          {t('common.held', { reason })}
        </Alert>
      ))}
    </>
  );
}

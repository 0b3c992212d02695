import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** Where the parts of a workflow will be: its header, what is next, the graph of its tasks, the tabs. */
export function WorkflowSkeleton() {
  const { t } = useAgenticTranslation();
  return (
    <Box role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {t('workflow.loading')}
      </Typography>
      {[96, 120, 240, 48, 320].map(height => (
        <Skeleton
          key={height}
          variant="rounded"
          height={height}
          sx={{ mb: 2 }}
          aria-hidden
        />
      ))}
    </Box>
  );
}

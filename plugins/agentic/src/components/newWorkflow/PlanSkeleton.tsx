import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** Where a plan will be, while the first one is made. */
export function PlanSkeleton() {
  const { t } = useAgenticTranslation();
  return (
    <Box role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {t('newRequest.planning')}
      </Typography>
      {[220, 160, 120].map(height => (
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

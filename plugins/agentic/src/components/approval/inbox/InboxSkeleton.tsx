import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../../translation/useAgenticTranslation';

/** Where the approvals will be, while they are loaded for the first time. */
export function InboxSkeleton() {
  const { t } = useAgenticTranslation();
  return (
    <Box role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {t('inbox.loading')}
      </Typography>
      {['first', 'second', 'third'].map(card => (
        <Skeleton
          key={card}
          variant="rounded"
          height={180}
          sx={{ mb: 1.5 }}
          aria-hidden
        />
      ))}
    </Box>
  );
}

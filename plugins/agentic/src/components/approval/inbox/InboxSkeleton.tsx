import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { INBOX_TEXTS as TEXTS } from './inboxTexts';

/** Where the approvals will be, while they are loaded for the first time. */
export function InboxSkeleton() {
  return (
    <Box role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {TEXTS.loading}
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

import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

const TEXTS = { loading: 'Loading the workflow' } as const;

/** Where the parts of a workflow will be: its header, what is next, the graph of its tasks, the tabs. */
export function WorkflowSkeleton() {
  return (
    <Box role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {TEXTS.loading}
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

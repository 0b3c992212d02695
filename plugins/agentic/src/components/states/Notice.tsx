import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A quiet sentence in place of content that does not exist yet. */
export function Notice(props: { children: ReactNode }) {
  return (
    <Typography color="text.secondary" sx={{ py: 2 }}>
      {props.children}
    </Typography>
  );
}

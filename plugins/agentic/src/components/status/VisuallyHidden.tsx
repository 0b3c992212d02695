import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Text for screen readers only, where the eye sees the same from shape or place. */
export function VisuallyHidden(props: { children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={{
        position: 'absolute',
        width: '1px',
        height: '1px',
        overflow: 'hidden',
        clipPath: 'inset(50%)',
        whiteSpace: 'nowrap',
      }}
    >
      {props.children}
    </Box>
  );
}

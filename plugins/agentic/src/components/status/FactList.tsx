import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Facts as term and value pairs; a pair whose value is undefined is left out. */
export function FactList(props: {
  facts: readonly (readonly [term: string, value: ReactNode | undefined])[];
}) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(9rem, auto) 1fr' },
        alignItems: 'baseline',
        columnGap: 2,
        rowGap: { xs: 0.25, sm: 1 },
        m: 0,
      }}
    >
      {props.facts
        .filter(([, value]) => value !== undefined)
        .map(([term, value]) => (
          <Box key={term} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {term}
            </Box>
            <Box
              component="dd"
              sx={{ m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: 'anywhere' }}
            >
              {value}
            </Box>
          </Box>
        ))}
    </Box>
  );
}

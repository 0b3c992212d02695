import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/**
 * The way through a list that is sorted with the newest first. `cursors` are those of the pages that
 * were turned to, the last one being the page that is shown.
 */
export function Pager(props: {
  label: string;
  cursors: readonly string[];
  nextCursor: string | undefined;
  onChange: (cursors: readonly string[]) => void;
  summary?: ReactNode;
}) {
  const { t } = useAgenticTranslation();
  const { label, cursors, nextCursor, onChange, summary } = props;
  return (
    <Stack
      component="nav"
      aria-label={label}
      direction="row"
      spacing={1}
      alignItems="center"
      sx={{ mt: 2, mb: 2 }}
    >
      <Typography component="div" color="text.secondary" sx={{ flexGrow: 1 }}>
        {summary}
      </Typography>
      <Button
        disabled={cursors.length === 0}
        onClick={() => onChange(cursors.slice(0, -1))}
      >
        {t('common.newer')}
      </Button>
      <Button
        disabled={!nextCursor}
        onClick={() => nextCursor && onChange([...cursors, nextCursor])}
      >
        {t('common.older')}
      </Button>
    </Stack>
  );
}

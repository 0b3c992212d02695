import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import type { DiffRow } from './diffRows';

/** Longer files are cut at first, because a browser gets slow with many rows. */
const FIRST_ROWS = 1500;

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

/** Lines of code with numbers; added and removed ones are marked by sign and colour. */
export function CodeLines(props: { label: string; rows: readonly DiffRow[] }) {
  const { t } = useAgenticTranslation();
  const { label, rows } = props;
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  const compares = rows.some(row => row.kind !== 'same');
  const numberCell = {
    px: 1,
    textAlign: 'right',
    color: 'text.secondary',
    userSelect: 'none',
    verticalAlign: 'top',
    width: '1%',
  } as const;
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{
        overflow: 'auto',
        maxHeight: '70vh',
        fontFamily: 'monospace',
        fontSize: '0.8125rem',
        lineHeight: 1.5,
        '&:focus-visible': {
          outline: '2px solid',
          outlineColor: 'primary.main',
        },
      }}
    >
      <Box
        component="table"
        sx={{ borderCollapse: 'collapse', minWidth: '100%' }}
      >
        <tbody>
          {shown.map((row, index) => (
            <Box
              component="tr"
              key={index}
              data-kind={row.kind}
              sx={theme => ({
                ...(row.kind === 'added' && {
                  bgcolor: `${theme.palette.success.main}26`,
                }),
                ...(row.kind === 'removed' && {
                  bgcolor: `${theme.palette.error.main}26`,
                }),
              })}
            >
              {compares && (
                <Box component="td" sx={numberCell}>
                  {row.before}
                </Box>
              )}
              <Box component="td" sx={numberCell}>
                {row.after}
              </Box>
              {compares && <td>{SIGNS[row.kind]}</td>}
              <Box component="td" sx={{ whiteSpace: 'pre', pl: 1, pr: 2 }}>
                {row.text}
              </Box>
            </Box>
          ))}
        </tbody>
      </Box>
      {shown.length < rows.length && (
        <Button onClick={() => setAll(true)}>
          {t('files.showAllLines', { total: rows.length })}
        </Button>
      )}
    </Box>
  );
}

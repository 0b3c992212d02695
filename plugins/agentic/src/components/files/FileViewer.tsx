import type { ArtifactFileContent } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { StatusPill } from '../status/StatusPill';
import { CodeLines } from './CodeLines';
import { diffRows, linesOf, type DiffRow } from './diffRows';

function plainRows(content: string): DiffRow[] {
  return linesOf(content).map((text, index) => ({
    kind: 'same',
    text,
    after: index + 1,
  }));
}

/** One file: its content, or what changed against the repository. */
export function FileViewer(props: { file: ArtifactFileContent }) {
  const { t } = useAgenticTranslation();
  const { file } = props;
  const { content, previousContent } = file;
  const [view, setView] = useState<'content' | 'changes'>(
    previousContent === undefined ? 'content' : 'changes',
  );
  const comparing = view === 'changes' && previousContent !== undefined;
  const rows = useMemo(
    () => (comparing ? diffRows(previousContent, content) : plainRows(content)),
    [comparing, previousContent, content],
  );
  const changed = rows.some(row => row.kind !== 'same');
  return (
    <>
      <Stack
        direction="row"
        alignItems="center"
        spacing={1}
        useFlexGap
        flexWrap="wrap"
        sx={{ mb: 1 }}
      >
        <Typography
          component="h4"
          variant="subtitle1"
          sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
        >
          {file.path}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {t(file.executable ? 'files.bytesExecutable' : 'files.bytes', {
            size: file.size,
          })}
        </Typography>
        {previousContent === undefined && (
          <StatusPill tone="good">{t('files.newFile')}</StatusPill>
        )}
        <Box sx={{ flexGrow: 1 }} />
        {previousContent !== undefined && (
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label={t('files.view')}
            value={view}
            onChange={(_, next) => next && setView(next)}
          >
            <ToggleButton value="content">{t('files.content')}</ToggleButton>
            <ToggleButton value="changes">{t('files.changes')}</ToggleButton>
          </ToggleButtonGroup>
        )}
      </Stack>
      {comparing && !changed && (
        <Typography color="text.secondary">{t('files.same')}</Typography>
      )}
      <CodeLines
        label={t(comparing ? 'files.changesOf' : 'files.contentOf', {
          path: file.path,
        })}
        rows={rows}
      />
    </>
  );
}

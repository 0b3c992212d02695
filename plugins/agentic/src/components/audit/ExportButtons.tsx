import type { AuditFilter } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { saveFile } from './saveFile';

const FORMATS = [
  ['ndjson', 'audit.exportLines'],
  ['csv', 'audit.exportCsv'],
] as const;

/** Saves everything the filter covers; the backend puts the export itself on record. */
export function ExportButtons(props: { filter: AuditFilter }) {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<string>();
  const save = async (format: 'ndjson' | 'csv') => {
    setBusy(format);
    setError(undefined);
    try {
      saveFile(await api.exportAudit(props.filter, format), `audit.${format}`);
    } catch (problem) {
      setError((problem as Error).message);
    }
    setBusy(undefined);
  };
  return (
    <Stack spacing={1} alignItems="flex-end">
      <Stack direction="row" spacing={1}>
        {FORMATS.map(([format, label]) => (
          <Button
            key={format}
            variant="outlined"
            disabled={busy !== undefined}
            onClick={() => save(format)}
          >
            {t(label)}
          </Button>
        ))}
      </Stack>
      {error && <Alert severity="error">{error}</Alert>}
    </Stack>
  );
}

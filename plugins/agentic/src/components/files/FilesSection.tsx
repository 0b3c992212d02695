import type { Artifact } from '@agentic-backstage/plugin-agentic-common';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { FileTree } from './FileTree';
import { FileViewer } from './FileViewer';
import type { Translate } from '../../translation/Translate';

function OpenFile(props: {
  workflowId: string;
  artifactId: string;
  path: string;
}) {
  const { workflowId, artifactId, path } = props;
  const api = useApi(agenticApiRef);
  const load = useCallback(
    () => api.getFile({ workflowId, artifactId, path }),
    [api, workflowId, artifactId, path],
  );
  const { value: file, error, loading, reload } = useLoaded(load);
  if (error) {
    return <LoadFailure error={error} what={path} onRetry={reload} />;
  }
  return loading || !file ? <Progress /> : <FileViewer file={file} />;
}

function originOf(artifact: Artifact, t: Translate): string {
  const { agent, agentVersion, template, model } = artifact.provenance;
  return [
    t('files.madeBy', { agent, version: agentVersion }),
    template && t('files.fromTemplate', { template }),
    model && t('files.withModel', { model }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The generated files of a workflow: choose an artifact and a file, read it or see what changed. */
export function FilesSection(props: {
  workflowId: string;
  artifacts: readonly Artifact[];
}) {
  const { t } = useAgenticTranslation();
  const { artifacts, workflowId } = props;
  const [chosenId, setChosenId] = useState<string>();
  const [path, setPath] = useState<string>();
  const artifact =
    artifacts.find(each => each.artifactId === chosenId) ?? artifacts[0];
  if (!artifact) {
    return <Notice>{t('files.none')}</Notice>;
  }
  const selected = artifact.files.some(file => file.path === path)
    ? path
    : undefined;
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: 'minmax(220px, 280px) 1fr' },
        gap: 2,
      }}
    >
      <Paper variant="outlined" sx={{ p: 1, alignSelf: 'start' }}>
        {artifacts.length > 1 && (
          <TextField
            select
            fullWidth
            size="small"
            label={t('files.artifact')}
            value={artifact.artifactId}
            sx={{ my: 1 }}
            onChange={event => setChosenId(event.target.value)}
          >
            {artifacts.map(each => (
              <MenuItem key={each.artifactId} value={each.artifactId}>
                {each.name} ({each.taskId ?? t('files.noTask')})
              </MenuItem>
            ))}
          </TextField>
        )}
        <Box sx={{ maxHeight: { xs: 260, md: '65vh' }, overflow: 'auto' }}>
          <FileTree
            key={artifact.artifactId}
            files={artifact.files}
            selected={selected}
            onSelect={setPath}
          />
        </Box>
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ p: 1, overflowWrap: 'anywhere' }}
        >
          {originOf(artifact, t)}
        </Typography>
      </Paper>
      <Paper variant="outlined" sx={{ p: 2, minWidth: 0 }}>
        {selected ? (
          <OpenFile
            key={`${artifact.artifactId}/${selected}`}
            workflowId={workflowId}
            artifactId={artifact.artifactId}
            path={selected}
          />
        ) : (
          <Notice>{t('files.choose')}</Notice>
        )}
      </Paper>
    </Box>
  );
}

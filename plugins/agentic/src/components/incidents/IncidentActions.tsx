import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef, type IncidentStep } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ReasonDialog } from '../states/ReasonDialog';
import { RespondersDialog } from './RespondersDialog';

/** What the reader can do about an incident now. */
export function IncidentActions(props: {
  incident: IncidentDetails;
  onChanged: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { incident, onChanged } = props;
  const { incidentId, status, commander } = incident;
  const api = useApi(agenticApiRef);
  const me = useCurrentUser();
  const [step, setStep] = useState<IncidentStep>();
  const [assigning, setAssigning] = useState(false);
  const [error, setError] = useState<string>();

  const atOnce = async (work: () => Promise<unknown>) => {
    setError(undefined);
    try {
      await work();
    } catch (problem) {
      setError((problem as Error).message);
    }
    onChanged();
  };

  return (
    <>
      <Stack direction="row" spacing={1} useFlexGap flexWrap="wrap">
        {status === 'open' && (
          <Button
            variant="contained"
            onClick={() => atOnce(() => api.acknowledgeIncident(incidentId))}
          >
            {t('incidents.acknowledge')}
          </Button>
        )}
        {status !== 'resolved' && me && commander !== me && (
          <Button
            variant="outlined"
            onClick={() =>
              atOnce(() => api.assignIncident(incidentId, { commander: me }))
            }
          >
            {t('incidents.takeLead')}
          </Button>
        )}
        {status !== 'resolved' && (
          <Button variant="outlined" onClick={() => setAssigning(true)}>
            {t('incidents.responders')}
          </Button>
        )}
        <Button variant="outlined" onClick={() => setStep('comment')}>
          {t('incidents.step.comment.label')}
        </Button>
        {(status === 'open' || status === 'acknowledged') && (
          <Button variant="outlined" onClick={() => setStep('mitigate')}>
            {t('incidents.step.mitigate.label')}
          </Button>
        )}
        {status !== 'resolved' && (
          <Button variant="outlined" onClick={() => setStep('resolve')}>
            {t('incidents.step.resolve.label')}
          </Button>
        )}
      </Stack>
      {error && (
        <Alert severity="error" sx={{ mt: 2 }}>
          {error}
        </Alert>
      )}
      {step && (
        <ReasonDialog
          title={t(`incidents.step.${step}.title`)}
          explanation={t(`incidents.step.${step}.explanation`)}
          confirmLabel={t(`incidents.step.${step}.confirm`)}
          reasonRequired
          onConfirm={async text => {
            await api.stepIncident(incidentId, step, text);
            onChanged();
          }}
          onClose={() => setStep(undefined)}
        />
      )}
      {assigning && (
        <RespondersDialog
          incident={incident}
          onChanged={onChanged}
          onClose={() => setAssigning(false)}
        />
      )}
    </>
  );
}

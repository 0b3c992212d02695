import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef, type IncidentStep } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { ReasonDialog } from '../states/ReasonDialog';
import { RespondersDialog } from './RespondersDialog';

const STEPS: Readonly<
  Record<
    IncidentStep,
    { label: string; title: string; explanation: string; confirm: string }
  >
> = {
  comment: {
    label: 'Comment',
    title: 'Add to the timeline',
    explanation: 'What was seen, tried or learnt. It cannot be changed later.',
    confirm: 'Add',
  },
  mitigate: {
    label: 'Mitigated',
    title: 'It does no more harm?',
    explanation:
      'Say how that was brought about. The cause may still be there.',
    confirm: 'Say it is mitigated',
  },
  resolve: {
    label: 'Resolve',
    title: 'End this incident?',
    explanation:
      'Say what it was and what was done. When the same thing happens soon, this incident is opened again.',
    confirm: 'Resolve',
  },
};

/** What the reader can do about an incident now. */
export function IncidentActions(props: {
  incident: IncidentDetails;
  onChanged: () => void;
}) {
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
            Acknowledge
          </Button>
        )}
        {status !== 'resolved' && me && commander !== me && (
          <Button
            variant="outlined"
            onClick={() =>
              atOnce(() => api.assignIncident(incidentId, { commander: me }))
            }
          >
            Take the lead
          </Button>
        )}
        {status !== 'resolved' && (
          <Button variant="outlined" onClick={() => setAssigning(true)}>
            Responders
          </Button>
        )}
        <Button variant="outlined" onClick={() => setStep('comment')}>
          {STEPS.comment.label}
        </Button>
        {(status === 'open' || status === 'acknowledged') && (
          <Button variant="outlined" onClick={() => setStep('mitigate')}>
            {STEPS.mitigate.label}
          </Button>
        )}
        {status !== 'resolved' && (
          <Button variant="outlined" onClick={() => setStep('resolve')}>
            {STEPS.resolve.label}
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
          title={STEPS[step].title}
          explanation={STEPS[step].explanation}
          confirmLabel={STEPS[step].confirm}
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

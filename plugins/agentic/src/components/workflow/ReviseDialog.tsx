import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DetailFields } from '../newWorkflow/DetailFields';
import {
  FORM_FIELDS,
  problemText,
  sortProblems,
  toParameters,
  type FormValues,
} from '../newWorkflow/requestForm';
import { FormDialog } from '../states/FormDialog';

function valuesOf({ plan }: Workflow): FormValues {
  const intent: Readonly<Record<string, unknown>> = plan.intent;
  return Object.fromEntries(
    FORM_FIELDS.flatMap(({ name }) =>
      intent[name] === undefined ? [] : [[name, String(intent[name])]],
    ),
  );
}

function problemsOf(failure: Error | undefined) {
  return sortProblems(
    failure instanceof AgenticRequestError ? failure.problems : [],
  );
}

/** Changes what was asked for; shown as long as it is mounted. Only what was changed is sent. */
export function ReviseDialog(props: {
  workflow: Workflow;
  onRevised: () => void;
  onClose: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { workflow } = props;
  const api = useApi(agenticApiRef);
  const before = valuesOf(workflow);
  const [values, setValues] = useState<FormValues>(before);
  const [description, setDescription] = useState(workflow.description ?? '');
  const [reason, setReason] = useState('');
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== before[name]),
  );
  const otherWords = description !== (workflow.description ?? '');
  const nothing = Object.keys(changed).length === 0 && !otherWords;

  return (
    <FormDialog
      wide
      title={t('workflow.revise.title')}
      explanation={t('workflow.revise.explanation')}
      confirmLabel={t('workflow.revise.confirm')}
      incomplete={nothing || reason.trim() === ''}
      describeFailure={failure => {
        const { general } = problemsOf(failure);
        return general.length > 0
          ? general.map(problemText).join(' ')
          : failure.message;
      }}
      onSubmit={async () => {
        await api.reviseWorkflow(workflow.workflowId, {
          planHash: workflow.plan.planHash,
          parameters: toParameters(changed),
          reason: reason.trim(),
          ...(otherWords && { description }),
        });
        props.onRevised();
      }}
      onClose={props.onClose}
    >
      {failure => (
        <>
          <TextField
            fullWidth
            multiline
            minRows={2}
            label={t('workflow.revise.description')}
            value={description}
            sx={{ mb: 1 }}
            inputProps={{ maxLength: 4000 }}
            onChange={event => setDescription(event.target.value)}
          />
          <DetailFields
            values={values}
            problems={problemsOf(failure).byField}
            onChange={(name, value) => setValues({ ...values, [name]: value })}
          />
          <TextField
            fullWidth
            required
            multiline
            minRows={2}
            label={t('common.reason')}
            value={reason}
            sx={{ mt: 2 }}
            inputProps={{ maxLength: 2000 }}
            onChange={event => setReason(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

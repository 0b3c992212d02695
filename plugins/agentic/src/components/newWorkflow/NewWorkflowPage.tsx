import {
  MAX_DESCRIPTION_LENGTH,
  type Problem,
  type Question,
} from '@agentic-backstage/plugin-agentic-common';
import { Content, Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useCallback, useMemo, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { templatesRouteRef, workflowRouteRef } from '../../routes';
import { PlanDetails } from '../plan/PlanDetails';
import { Section } from '../status/Section';
import { answerQuestion, type Draft } from './answerQuestion';
import { DetailFields } from './DetailFields';
import { EnvironmentList } from './EnvironmentList';
import { QuestionList, questionKey } from './QuestionList';
import {
  problemText,
  sortProblems,
  toParameters,
  type FormValues,
} from './requestForm';
import { usePlanPreview } from './usePlanPreview';

const EXAMPLE =
  'Create orders-api, a Node REST API with PostgreSQL, deploy to staging';

/** A request in words: plan it, answer what the planner asks, read the plan, start it. */
export function NewWorkflowPage() {
  const api = useApi(agenticApiRef);
  const navigate = useNavigate();
  const workflowLink = useRouteRef(workflowRouteRef);
  const templatesLink = useRouteRef(templatesRouteRef)?.();
  const [description, setDescription] = useState('');
  const [values, setValues] = useState<FormValues>({});
  const [changeReason, setChangeReason] = useState('');
  const environments = useLoaded(
    useCallback(() => api.listEnvironments(), [api]),
  );
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [starting, setStarting] = useState(false);
  const [startError, setStartError] = useState<Error>();
  const { preview, discard, ...planned } = usePlanPreview();
  const { byField, general } = useMemo(
    () => sortProblems(planned.problems),
    [planned.problems],
  );
  const detailsProblem = Object.keys(byField).some(
    name => name !== 'description' && name !== 'changeReason',
  );

  const plan = (from: Draft) => {
    setAnswers({});
    return preview({
      description: from.description.trim() || undefined,
      parameters: toParameters(from.values),
      changeReason: changeReason.trim() || undefined,
      // One key for each plan that was shown: pressing Start twice starts once.
      idempotencyKey: `new-${Date.now()}-${Math.random()
        .toString(36)
        .slice(2)}`,
    });
  };

  const edit = (change: () => void) => {
    change();
    setStartError(undefined);
    if (planned.plan) {
      // The shown plan no longer belongs to what is written.
      discard();
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void plan({ description, values });
  };

  const answer = (question: Question, text: string) => {
    const draft = answerQuestion({ description, values }, question, text);
    const given = { ...answers, [questionKey(question)]: text };
    setDescription(draft.description);
    setValues(draft.values);
    setAnswers(given);
    if (planned.questions.every(each => given[questionKey(each)])) {
      void plan(draft);
    }
  };

  const start = async () => {
    if (!planned.request) {
      return;
    }
    setStarting(true);
    setStartError(undefined);
    try {
      const { workflowId } = await api.createWorkflow(planned.request);
      const to = workflowLink?.({ workflowId });
      if (to) {
        navigate(to);
      }
    } catch (error) {
      setStartError(error as Error);
    }
    setStarting(false);
  };

  const empty =
    description.trim() === '' && Object.keys(toParameters(values)).length === 0;
  const reasonProblem: Problem | undefined = byField.changeReason;
  const asksForReason =
    reasonProblem !== undefined ||
    changeReason !== '' ||
    environments.value?.some(
      ({ name, requireChangeReason }) =>
        name === values.environment && requireChangeReason,
    );
  const explained = planned.questions.length > 0 || planned.problems.length > 0;

  return (
    <Content>
      <Section title="Describe what you need">
        <form onSubmit={submit}>
          <TextField
            fullWidth
            multiline
            minRows={3}
            label="Your request"
            placeholder={EXAMPLE}
            value={description}
            error={Boolean(byField.description)}
            helperText={
              byField.description
                ? problemText(byField.description)
                : 'Say what the service does, its language and database, and where it should run. Nothing starts before you have seen the plan.'
            }
            inputProps={{ maxLength: MAX_DESCRIPTION_LENGTH }}
            onChange={event => edit(() => setDescription(event.target.value))}
          />
          <Box
            component="details"
            open={detailsProblem || undefined}
            sx={{ my: 2 }}
          >
            <summary>Details (optional; they win over the words)</summary>
            <DetailFields
              values={values}
              problems={byField}
              environments={environments.value}
              onChange={(name, value) =>
                edit(() => setValues({ ...values, [name]: value }))
              }
            />
          </Box>
          {asksForReason && (
            <TextField
              fullWidth
              label="Reason for the change"
              value={changeReason}
              error={Boolean(reasonProblem)}
              helperText={
                reasonProblem
                  ? problemText(reasonProblem)
                  : 'Why it is made now, for those who approve it.'
              }
              inputProps={{ maxLength: 500 }}
              sx={{ mb: 2 }}
              onChange={event =>
                edit(() => setChangeReason(event.target.value))
              }
            />
          )}
          <Stack direction="row" spacing={2} alignItems="center">
            <Button
              type="submit"
              variant={planned.plan ? 'outlined' : 'contained'}
              disabled={empty || planned.busy || starting}
            >
              Show the plan
            </Button>
            {templatesLink && (
              <Link to={templatesLink}>Or create from a template</Link>
            )}
          </Stack>
        </form>
      </Section>
      <Section title="Where it may run">
        <EnvironmentList environments={environments} />
      </Section>
      {planned.busy && <LinearProgress aria-label="Planning" />}
      {planned.questions.length > 0 && (
        <Section title="The planner asks">
          <QuestionList
            questions={planned.questions}
            answers={answers}
            onAnswer={answer}
          />
        </Section>
      )}
      {planned.error && (general.length > 0 || !explained) && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {planned.error.message}
          {general.length > 0 && (
            <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
              {general.map(problem => (
                <li key={`${problem.field}-${problem.message}`}>
                  <strong>{problem.field}</strong>: {problemText(problem)}
                </li>
              ))}
            </Box>
          )}
        </Alert>
      )}
      {planned.plan && (
        <>
          <Stack
            direction="row"
            spacing={2}
            alignItems="center"
            useFlexGap
            flexWrap="wrap"
            sx={{ mb: 2 }}
          >
            <Button
              variant="contained"
              disabled={starting}
              startIcon={starting && <CircularProgress size={16} />}
              onClick={start}
            >
              Start
            </Button>
            <Typography color="text.secondary">
              Anything that changes the world still waits for its approval.
            </Typography>
          </Stack>
          {startError && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {startError.message}
            </Alert>
          )}
          <PlanDetails plan={planned.plan} />
        </>
      )}
    </Content>
  );
}

import { Content } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Question } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PlanDifferenceDetails } from '../approval/DifferenceDetails';
import { PlanDetails } from '../plan/PlanDetails';
import { Section } from '../status/Section';
import { answerQuestion, takeOut, type Draft } from './answerQuestion';
import { DetailFields } from './DetailFields';
import { EnvironmentList } from './EnvironmentList';
import { PlanSkeleton } from './PlanSkeleton';
import { QuestionList, questionKey } from './QuestionList';
import { RequestEditor } from './RequestEditor';
import { problemText, sortProblems, toParameters } from './requestForm';
import { RequestReadings } from './RequestReadings';
import { StartPlan } from './StartPlan';
import { usePlanPreview } from './usePlanPreview';

/** A pause in typing this long, and the plan is made anew. */
const REPLAN_MS = 600;

const EMPTY: Draft = { description: '', values: {}, changeReason: '' };

function toRequest({ description, values, changeReason }: Draft) {
  return {
    description: description.trim() || undefined,
    parameters: toParameters(values),
    changeReason: changeReason.trim() || undefined,
    // One key for each plan that was shown: pressing Start twice starts once.
    idempotencyKey: `new-${Date.now()}-${Math.random().toString(36).slice(2)}`,
  };
}

/**
 * A request in words: plan it, answer what the planner asks, read the plan and change it, start it.
 * Once there is a plan it follows every change, and says what the change did.
 */
export function NewWorkflowPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [draft, setDraft] = useState(EMPTY);
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const environments = useLoaded(
    useCallback(() => api.listEnvironments(), [api]),
  );
  const planned = usePlanPreview();
  const { plan, request, problems, questions, preview, outdate } = planned;
  const { byField, general } = useMemo(
    () => sortProblems(problems),
    [problems],
  );
  const explained = questions.length > 0 || problems.length > 0;
  const isOutdated = plan !== undefined && request === undefined;
  const isRefused = isOutdated && !planned.busy && planned.error !== undefined;

  const makePlan = useCallback(
    (from: Draft) => {
      setAnswers({});
      void preview(toRequest(from));
    },
    [preview],
  );

  // Only what is different from what the last plan or refusal was about is planned anew.
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (!changed) return undefined;
    const timer = setTimeout(() => {
      setChanged(false);
      makePlan(draft);
    }, REPLAN_MS);
    return () => clearTimeout(timer);
  }, [changed, draft, makePlan]);

  const edit = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    // A plan of what was written before must not come to stand under what is written now.
    if (plan || planned.busy) {
      outdate();
      setChanged(true);
    }
  };

  const answer = (question: Question, text: string) => {
    const next = answerQuestion(draft, question, text);
    const given = { ...answers, [questionKey(question)]: text };
    setDraft(next);
    setAnswers(given);
    if (questions.every(each => given[questionKey(each)])) {
      setChanged(false);
      makePlan(next);
    }
  };

  const fields = (
    <DetailFields
      values={draft.values}
      problems={byField}
      environments={environments.value}
      understood={plan?.intent}
      onChange={(name, value) =>
        edit({ values: { ...draft.values, [name]: value } })
      }
      onTakeOut={words =>
        edit({ description: takeOut(draft.description, words) })
      }
    />
  );

  return (
    <Content>
      <RequestEditor
        draft={draft}
        problems={byField}
        environments={environments.value}
        busy={planned.busy}
        hasPlan={plan !== undefined}
        fields={plan ? undefined : fields}
        onEdit={edit}
        onSubmit={() => {
          setChanged(false);
          makePlan(draft);
        }}
      />
      {!plan && (
        <Section title={t('newRequest.whereItMayRun')}>
          <EnvironmentList environments={environments} />
        </Section>
      )}
      {planned.busy && !plan && <PlanSkeleton />}
      {questions.length > 0 && (
        <Section title={t('newRequest.plannerAsks')}>
          <QuestionList
            questions={questions}
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
      {plan && (
        <>
          <Box role="status" sx={{ mb: 2 }}>
            {isOutdated && !isRefused && (
              <>
                <Typography color="text.secondary">
                  {t('newRequest.planningAnew')}
                </Typography>
                <LinearProgress aria-hidden />
              </>
            )}
            {isRefused && (
              <Alert severity="warning">{t('newRequest.doesNotFit')}</Alert>
            )}
          </Box>
          <StartPlan
            plan={plan}
            request={request}
            onOtherPlan={planned.replace}
          />
          {planned.difference && (
            <Box role="status">
              <Section title={t('newRequest.changed')}>
                <PlanDifferenceDetails difference={planned.difference} />
              </Section>
            </Box>
          )}
          <PlanDetails
            plan={plan}
            understood={
              <>
                <Typography color="text.secondary" gutterBottom>
                  {t('newRequest.understoodHint')}
                </Typography>
                <RequestReadings description={draft.description} plan={plan} />
                {fields}
              </>
            }
          />
        </>
      )}
    </Content>
  );
}

import type { PlanVersion } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PlanDifferenceDetails } from '../approval/DifferenceDetails';
import { PersonName, nameInRef } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';

function Step(props: { step: PlanVersion }) {
  const { t } = useAgenticTranslation();
  const { step } = props;
  const made = {
    version: step.version,
    person: <PersonName entityRef={step.changedBy} />,
    time: <TimeText value={step.createdAt} />,
  };
  return (
    <Box component="li" sx={{ mb: 1 }}>
      {step.reason
        ? t('plan.compare.stepBecause', { ...made, reason: step.reason })
        : t('plan.compare.step', made)}
      {step.voided.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('plan.compare.nothingVoided')}
        </Typography>
      ) : (
        <>
          <Typography variant="body2" color="text.secondary">
            {t('plan.compare.voided')}
          </Typography>
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {step.voided.map(({ approvalId, taskId, title, decisions }) => (
              <li key={approvalId}>
                {taskId} {title} (
                {decisions
                  .map(
                    ({ decidedBy, role }) =>
                      `${nameInRef(decidedBy)}, ${t(`words.role.${role}`)}`,
                  )
                  .join('; ') || t('plan.compare.unsigned')}
                )
              </li>
            ))}
          </Box>
        </>
      )}
    </Box>
  );
}

function Difference(props: { workflowId: string; from: number; to: number }) {
  const { t } = useAgenticTranslation();
  const { workflowId, from, to } = props;
  const api = useApi(agenticApiRef);
  const { value, error, reload } = useLoaded(
    useCallback(
      () => api.comparePlanVersions(workflowId, { from, to }),
      [api, workflowId, from, to],
    ),
  );
  if (error) {
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={reload}>
            {t('common.tryAgain')}
          </Button>
        }
      >
        {t('plan.compare.failed', { problem: error.message })}
      </Alert>
    );
  }
  // While others are chosen, the answer about the two before must not stand under their names.
  if (!value || value.from !== from || value.to !== to) {
    return (
      <Skeleton
        height={72}
        role="status"
        aria-label={t('plan.compare.comparing')}
      />
    );
  }
  return (
    <>
      <PlanDifferenceDetails difference={value.difference} />
      {value.steps.length > 0 && (
        <>
          <Typography component="h4" variant="subtitle2" color="text.secondary">
            {t('plan.compare.whoAndWhy')}
          </Typography>
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {value.steps.map(step => (
              <Step key={step.version} step={step} />
            ))}
          </Box>
        </>
      )}
    </>
  );
}

/** What differs between any two versions of a plan, who changed it, why, and what that made void. */
export function VersionComparison(props: {
  workflowId: string;
  /** The version in force: a new one loads the list again. */
  version: number;
}) {
  const { t } = useAgenticTranslation();
  const { workflowId, version } = props;
  const api = useApi(agenticApiRef);
  const { value, error, reload } = useLoaded(
    useCallback(
      // The version is no parameter of the request: a new one is what makes it ask again.
      () =>
        version > 1 ? api.listPlanVersions(workflowId) : Promise.resolve([]),
      [api, workflowId, version],
    ),
  );
  const [chosen, setChosen] = useState<{ from?: number; to?: number }>({});
  if (version <= 1) {
    return null;
  }
  const { from = version - 1, to = version } = chosen;
  const choice = (
    label: string,
    selected: number,
    onChange: (version: number) => void,
  ) => (
    <TextField
      select
      size="small"
      label={label}
      value={selected}
      sx={{ minWidth: 180, flexGrow: { xs: 1, sm: 0 } }}
      onChange={event => onChange(Number(event.target.value))}
    >
      {(value ?? []).map(each => (
        <MenuItem key={each.version} value={each.version}>
          {t('plan.compare.version', { version: each.version })}:{' '}
          {each.reason ?? t('plan.compare.asked')}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <Section title={t('plan.compare.title')}>
      {error && (
        <Alert
          severity="error"
          action={
            <Button color="inherit" size="small" onClick={reload}>
              {t('common.tryAgain')}
            </Button>
          }
        >
          {t('plan.compare.failed', { problem: error.message })}
        </Alert>
      )}
      {!value && !error && (
        <Skeleton
          height={72}
          role="status"
          aria-label={t('plan.compare.loading')}
        />
      )}
      {value && value.length > 1 && (
        <>
          <Stack
            direction="row"
            spacing={2}
            useFlexGap
            flexWrap="wrap"
            sx={{ mb: 2 }}
          >
            {choice(t('plan.compare.from'), from, next =>
              setChosen({ ...chosen, from: next }),
            )}
            {choice(t('plan.compare.to'), to, next =>
              setChosen({ ...chosen, to: next }),
            )}
          </Stack>
          {from === to ? (
            <Typography color="text.secondary">
              {t('plan.compare.same')}
            </Typography>
          ) : (
            <Difference workflowId={workflowId} from={from} to={to} />
          )}
        </>
      )}
    </Section>
  );
}

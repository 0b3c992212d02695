import {
  MAX_DESCRIPTION_LENGTH,
  type EnvironmentView,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { FormEvent, ReactNode } from 'react';
import { templatesRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Section } from '../status/Section';
import type { Draft } from './answerQuestion';
import { problemText, toParameters } from './requestForm';

/** The words of a request, its details until there is a plan that shows them, and the reason where one is asked for. */
export function RequestEditor(props: {
  draft: Draft;
  problems: Readonly<Record<string, Problem | undefined>>;
  environments?: readonly EnvironmentView[];
  busy: boolean;
  hasPlan: boolean;
  /** Absent when they are shown elsewhere. */
  fields: ReactNode;
  onEdit: (change: Partial<Draft>) => void;
  onSubmit: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { draft, problems, fields } = props;
  const templatesLink = useRouteRef(templatesRouteRef)?.();
  const { description, values, changeReason } = draft;
  const isEmpty =
    description.trim() === '' && Object.keys(toParameters(values)).length === 0;
  const asksForReason =
    problems.changeReason !== undefined ||
    changeReason !== '' ||
    props.environments?.some(
      ({ name, requireChangeReason }) =>
        name === values.environment && requireChangeReason,
    );
  const detailsProblem = Object.keys(problems).some(
    name => name !== 'description' && name !== 'changeReason',
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };

  return (
    <Section title={t('newRequest.describe')}>
      <form onSubmit={submit}>
        <TextField
          fullWidth
          multiline
          minRows={3}
          label={t('newRequest.yourRequest')}
          placeholder={t('newRequest.example')}
          value={description}
          error={Boolean(problems.description)}
          helperText={
            problems.description
              ? problemText(problems.description)
              : t('newRequest.hint')
          }
          inputProps={{ maxLength: MAX_DESCRIPTION_LENGTH }}
          sx={{ mb: 2 }}
          onChange={event => props.onEdit({ description: event.target.value })}
        />
        {fields && (
          <Box
            component="details"
            open={detailsProblem || undefined}
            sx={{ mb: 2 }}
          >
            <summary>{t('newRequest.details')}</summary>
            {fields}
          </Box>
        )}
        {asksForReason && (
          <TextField
            fullWidth
            label={t('newRequest.changeReason')}
            value={changeReason}
            error={Boolean(problems.changeReason)}
            helperText={
              problems.changeReason
                ? problemText(problems.changeReason)
                : t('newRequest.changeReasonHint')
            }
            inputProps={{ maxLength: 500 }}
            sx={{ mb: 2 }}
            onChange={event =>
              props.onEdit({ changeReason: event.target.value })
            }
          />
        )}
        <Stack
          direction="row"
          spacing={2}
          alignItems="center"
          useFlexGap
          flexWrap="wrap"
        >
          <Button
            type="submit"
            variant={props.hasPlan ? 'outlined' : 'contained'}
            disabled={isEmpty || props.busy}
          >
            {props.hasPlan
              ? t('newRequest.showPlanAgain')
              : t('newRequest.showPlan')}
          </Button>
          {templatesLink && (
            <Link to={templatesLink}>{t('newRequest.fromTemplate')}</Link>
          )}
        </Stack>
      </form>
    </Section>
  );
}

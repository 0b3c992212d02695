import type {
  EnvironmentView,
  Intent,
  Problem,
} from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import {
  FORM_FIELDS,
  problemText,
  type FormField,
  type FormValues,
} from './requestForm';
import type { Translate } from '../../translation/Translate';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

const ORIGINS = ['form', 'template', 'default'] as const;

function isKnown(
  origin: string | undefined,
): origin is (typeof ORIGINS)[number] {
  return ORIGINS.some(known => known === origin);
}

/** Where a value came from, in words. */
function originOf(
  { name }: FormField,
  values: FormValues,
  understood: Intent | undefined,
  t: Translate,
): string | undefined {
  if (!understood) return undefined;
  if (values[name] !== undefined) {
    return values[name] === ''
      ? t('newRequest.leftToPlanner')
      : t('newRequest.origin.form');
  }
  const words = understood.words?.[name];
  if (words) return t('newRequest.origin.words', { words });
  const origin = understood.origins[name];
  return isKnown(origin) ? t(`newRequest.origin.${origin}`) : origin;
}

function choicesOf(
  { name, kind }: FormField,
  environments: readonly EnvironmentView[],
  t: Translate,
) {
  if (kind === 'boolean') {
    return [
      { value: 'true', label: t('common.yes'), disabled: false },
      { value: 'false', label: t('common.no'), disabled: false },
    ];
  }
  return name === 'environment'
    ? environments.map(each => ({
        value: each.name,
        label: each.mayRequest
          ? each.name
          : t('newRequest.notForYou', { environment: each.name }),
        disabled: !each.mayRequest,
      }))
    : [];
}

/**
 * The details of a request, each with its problem beneath. With what was understood they show that,
 * and where it came from, until something else is filled in.
 */
export function DetailFields(props: {
  values: FormValues;
  problems: Readonly<Record<string, Problem>>;
  /** When they are known, one of them is chosen instead of typed. */
  environments?: readonly EnvironmentView[];
  understood?: Intent;
  onChange: (name: string, value: string) => void;
  /** Offered where a field and the words it was read from disagree. */
  onTakeOut?: (words: string) => void;
}) {
  const { t } = useAgenticTranslation();
  const { values, understood, onTakeOut } = props;
  const shown: Readonly<Record<string, unknown>> = understood ?? {};
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
        gap: 2,
        pt: 1,
      }}
    >
      {FORM_FIELDS.map(field => {
        const { name, kind } = field;
        const problem: Problem | undefined = props.problems[name];
        const choices = choicesOf(field, props.environments ?? [], t);
        const value = values[name] ?? String(shown[name] ?? '');
        const words = understood?.words?.[name];
        return (
          <Box key={name}>
            <TextField
              fullWidth
              size="small"
              label={t(`plan.field.${name}`)}
              type={kind === 'number' ? 'number' : 'text'}
              select={choices.length > 0}
              value={value}
              error={Boolean(problem)}
              helperText={
                problem
                  ? problemText(problem)
                  : originOf(field, values, understood, t)
              }
              onChange={event => props.onChange(name, event.target.value)}
            >
              {choices.length > 0 && [
                <MenuItem key="none" value="">
                  {t('newRequest.notStated')}
                </MenuItem>,
                ...choices.map(choice => (
                  <MenuItem
                    key={choice.value}
                    value={choice.value}
                    disabled={choice.disabled}
                  >
                    {choice.label}
                  </MenuItem>
                )),
              ]}
            </TextField>
            {problem && words && onTakeOut && (
              <Button size="small" onClick={() => onTakeOut(words)}>
                {t('newRequest.takeOut', { words })}
              </Button>
            )}
          </Box>
        );
      })}
    </Box>
  );
}

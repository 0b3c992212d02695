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
import { REQUEST_TEXTS as TEXTS } from './requestTexts';

/** Where a value came from, in words. */
function originOf(
  { name }: FormField,
  values: FormValues,
  understood: Intent | undefined,
): string | undefined {
  if (!understood) return undefined;
  if (values[name] !== undefined) {
    return values[name] === '' ? TEXTS.leftToPlanner : TEXTS.fromForm;
  }
  const words = understood.words?.[name];
  if (words) return TEXTS.fromWords(words);
  switch (understood.origins[name]) {
    case 'form':
      return TEXTS.fromForm;
    case 'template':
      return TEXTS.fromTemplateDefault;
    case 'default':
      return TEXTS.byDefault;
    default:
      return understood.origins[name];
  }
}

function choicesOf(
  { name, kind }: FormField,
  environments: readonly EnvironmentView[],
) {
  if (kind === 'boolean') {
    return [
      { value: 'true', label: TEXTS.yes, disabled: false },
      { value: 'false', label: TEXTS.no, disabled: false },
    ];
  }
  return name === 'environment'
    ? environments.map(each => ({
        value: each.name,
        label: `${each.name}${each.mayRequest ? '' : TEXTS.notForYou}`,
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
        const { name, label, kind } = field;
        const problem: Problem | undefined = props.problems[name];
        const choices = choicesOf(field, props.environments ?? []);
        const value = values[name] ?? String(shown[name] ?? '');
        const words = understood?.words?.[name];
        return (
          <Box key={name}>
            <TextField
              fullWidth
              size="small"
              label={label}
              type={kind === 'number' ? 'number' : 'text'}
              select={choices.length > 0}
              value={value}
              error={Boolean(problem)}
              helperText={
                problem
                  ? problemText(problem)
                  : originOf(field, values, understood)
              }
              onChange={event => props.onChange(name, event.target.value)}
            >
              {choices.length > 0 && [
                <MenuItem key="none" value="">
                  {TEXTS.notStated}
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
                {TEXTS.takeOut(words)}
              </Button>
            )}
          </Box>
        );
      })}
    </Box>
  );
}

import type {
  EnvironmentView,
  Problem,
} from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FORM_FIELDS, problemText, type FormValues } from './requestForm';

/** The optional details of a request, each with its problem beneath. */
export function DetailFields(props: {
  values: FormValues;
  problems: Readonly<Record<string, Problem>>;
  /** When they are known, one of them is chosen instead of typed. */
  environments?: readonly EnvironmentView[];
  onChange: (name: string, value: string) => void;
}) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
        gap: 2,
        pt: 1,
      }}
    >
      {FORM_FIELDS.map(({ name, label, kind }) => {
        const problem: Problem | undefined = props.problems[name];
        const environments =
          name === 'environment' ? props.environments ?? [] : [];
        return (
          <TextField
            key={name}
            size="small"
            label={label}
            type={kind === 'number' ? 'number' : 'text'}
            select={kind === 'boolean' || environments.length > 0}
            value={props.values[name] ?? ''}
            error={Boolean(problem)}
            helperText={problem && problemText(problem)}
            onChange={event => props.onChange(name, event.target.value)}
          >
            {environments.length > 0 && [
              <MenuItem key="none" value="">
                Not stated
              </MenuItem>,
              ...environments.map(environment => (
                <MenuItem
                  key={environment.name}
                  value={environment.name}
                  disabled={!environment.mayRequest}
                >
                  {environment.name}
                  {!environment.mayRequest && ' (not for you)'}
                </MenuItem>
              )),
            ]}
            {kind === 'boolean' && [
              <MenuItem key="none" value="">
                Not stated
              </MenuItem>,
              <MenuItem key="true" value="true">
                Yes
              </MenuItem>,
              <MenuItem key="false" value="false">
                No
              </MenuItem>,
            ]}
          </TextField>
        );
      })}
    </Box>
  );
}

import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FORM_FIELDS, problemText, type FormValues } from './requestForm';

/** The optional details of a request, each with its problem beneath. */
export function DetailFields(props: {
  values: FormValues;
  problems: Readonly<Record<string, Problem>>;
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
        return (
          <TextField
            key={name}
            size="small"
            label={label}
            type={kind === 'number' ? 'number' : 'text'}
            select={kind === 'boolean'}
            value={props.values[name] ?? ''}
            error={Boolean(problem)}
            helperText={problem && problemText(problem)}
            onChange={event => props.onChange(name, event.target.value)}
          >
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

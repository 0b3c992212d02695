import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { findReadings } from './findReadings';
import { REQUEST_TEXTS as TEXTS } from './requestTexts';

/** The sentence of the request with what was read where; nothing when nothing came from the words. */
export function RequestReadings(props: { description: string; plan: Plan }) {
  const stretches = findReadings(props.description, props.plan.intent);
  if (!stretches.some(({ fields }) => fields.length > 0)) {
    return null;
  }
  return (
    <Box sx={{ mb: 2 }}>
      <Typography component="h4" variant="subtitle2" color="text.secondary">
        {TEXTS.readWhere}
      </Typography>
      <Typography sx={{ overflowWrap: 'anywhere' }}>
        {stretches.map(({ text, fields }, index) =>
          fields.length === 0 ? (
            text
          ) : (
            <Box
              component="mark"
              key={`${index}-${text}`}
              sx={{
                // A line instead of a ground: the text keeps its contrast in either theme.
                bgcolor: 'transparent',
                color: 'text.primary',
                borderBottom: 2,
                borderColor: 'primary.main',
              }}
            >
              {text}
              <Typography
                component="span"
                variant="caption"
                color="text.secondary"
              >{` (${fields.join(', ')})`}</Typography>
            </Box>
          ),
        )}
      </Typography>
    </Box>
  );
}

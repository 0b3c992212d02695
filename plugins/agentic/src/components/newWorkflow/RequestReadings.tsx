import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { findReadings } from './findReadings';

/** The sentence of the request with what was read where; nothing when nothing came from the words. */
export function RequestReadings(props: { description: string; plan: Plan }) {
  const { t } = useAgenticTranslation();
  const stretches = findReadings(props.description, props.plan.intent);
  if (!stretches.some(({ fields }) => fields.length > 0)) {
    return null;
  }
  return (
    <Box sx={{ mb: 2 }}>
      <Typography component="h4" variant="subtitle2" color="text.secondary">
        {t('newRequest.readWhere')}
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
              >{` (${fields
                .map(name => t(`plan.field.${name}`))
                .join(', ')})`}</Typography>
            </Box>
          ),
        )}
      </Typography>
    </Box>
  );
}

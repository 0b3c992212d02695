import type { EnvironmentView } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { Loaded } from '../../live/useLoaded';
import { StatusPill } from '../status/StatusPill';

const DATA: Readonly<
  Record<NonNullable<EnvironmentView['dataClass']>, string>
> = {
  synthetic: 'made-up data',
  anonymised: 'anonymised data',
  live: 'live data',
};

/** What an environment asks for, in a few words. */
function rulesOf(environment: EnvironmentView): string {
  const { requiredRoles, dataClass, requireChangeReason } = environment;
  return [
    dataClass && DATA[dataClass],
    requiredRoles.length > 0 && `signed as ${requiredRoles.join(' and ')}`,
    requireChangeReason && 'needs a reason for the change',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Where the reader may ask for work, under which rules, and why not elsewhere. */
export function EnvironmentList(props: {
  environments: Pick<
    Loaded<readonly EnvironmentView[]>,
    'value' | 'error' | 'loading'
  >;
}) {
  const { value, error } = props.environments;
  if (error) {
    return (
      <Alert severity="warning">
        {`Could not load the environments: ${error.message} A request is checked all the same.`}
      </Alert>
    );
  }
  if (!value) {
    return <Skeleton aria-label="Loading the environments" height={72} />;
  }
  if (value.length === 0) {
    return <Typography>No environment is configured.</Typography>;
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {value.map(environment => (
        <Box component="li" key={environment.name} sx={{ py: 0.75 }}>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 1,
            }}
          >
            <Typography component="span" fontWeight="bold">
              {environment.name}
            </Typography>
            <StatusPill tone={environment.mayRequest ? 'good' : 'stopped'}>
              {environment.mayRequest ? 'You may choose it' : 'Not for you'}
            </StatusPill>
            <Typography component="span" color="text.secondary">
              {rulesOf(environment)}
            </Typography>
          </Box>
          {environment.reason && (
            <Typography variant="body2" color="text.secondary">
              {environment.reason}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}

import type { EnvironmentView } from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { Loaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { StatusPill } from '../status/StatusPill';
import type { Translate } from '../../translation/Translate';

/** What an environment asks for, in a few words. */
function rulesOf(environment: EnvironmentView, t: Translate): string {
  const { requiredRoles, dataClass, requireChangeReason } = environment;
  return [
    dataClass && t(`words.dataClass.${dataClass}`),
    requiredRoles.length > 0 &&
      t('newRequest.signedAs', { roles: requiredRoles }),
    requireChangeReason && t('newRequest.needsReason'),
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
  const { t } = useAgenticTranslation();
  const { value, error } = props.environments;
  if (error) {
    return (
      <Alert severity="warning">
        {t('newRequest.environmentsFailed', { problem: error.message })}
      </Alert>
    );
  }
  if (!value) {
    return (
      <Skeleton aria-label={t('newRequest.loadingEnvironments')} height={72} />
    );
  }
  if (value.length === 0) {
    return <Typography>{t('newRequest.noEnvironments')}</Typography>;
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
              {environment.mayRequest
                ? t('newRequest.mayChoose')
                : t('newRequest.mayNotChoose')}
            </StatusPill>
            <Typography component="span" color="text.secondary">
              {rulesOf(environment, t)}
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

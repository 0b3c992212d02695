import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { FactList } from '../../status/FactList';
import { useAgenticTranslation } from '../../../translation/useAgenticTranslation';

/** Which keys there are, and the switch that turns them off. */
export function KeyboardHelp(props: {
  open: boolean;
  onToggle: (open: boolean) => void;
  enabled: boolean;
  onEnable: (on: boolean) => void;
}) {
  const { t } = useAgenticTranslation();
  return (
    <Box
      component="details"
      open={props.open}
      sx={{ mb: 2 }}
      onToggle={(event: React.SyntheticEvent<HTMLDetailsElement>) =>
        props.onToggle(event.currentTarget.open)
      }
    >
      <summary>{t('inbox.keys.title')}</summary>
      <Box sx={{ py: 1 }}>
        <FactList
          facts={[
            ['j', t('inbox.keys.next')],
            ['k', t('inbox.keys.previous')],
            [t('inbox.keys.enter'), t('inbox.keys.open')],
            ['?', t('inbox.keys.help')],
          ]}
        />
        <FormControlLabel
          control={
            <Switch
              checked={props.enabled}
              onChange={event => props.onEnable(event.target.checked)}
            />
          }
          label={t('inbox.keys.use')}
        />
        <Typography variant="body2" color="text.secondary">
          {t('inbox.keys.onlyOne')}
        </Typography>
      </Box>
    </Box>
  );
}

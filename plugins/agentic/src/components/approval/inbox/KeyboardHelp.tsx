import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { FactList } from '../../status/FactList';
import { INBOX_TEXTS } from './inboxTexts';

const TEXTS = INBOX_TEXTS.keys;

/** Which keys there are, and the switch that turns them off. */
export function KeyboardHelp(props: {
  open: boolean;
  onToggle: (open: boolean) => void;
  enabled: boolean;
  onEnable: (on: boolean) => void;
}) {
  return (
    <Box
      component="details"
      open={props.open}
      sx={{ mb: 2 }}
      onToggle={(event: React.SyntheticEvent<HTMLDetailsElement>) =>
        props.onToggle(event.currentTarget.open)
      }
    >
      <summary>{TEXTS.title}</summary>
      <Box sx={{ py: 1 }}>
        <FactList
          facts={[
            ['j', TEXTS.next],
            ['k', TEXTS.previous],
            ['Enter', TEXTS.open],
            ['?', TEXTS.help],
          ]}
        />
        <FormControlLabel
          control={
            <Switch
              checked={props.enabled}
              onChange={event => props.onEnable(event.target.checked)}
            />
          }
          label={TEXTS.use}
        />
        <Typography variant="body2" color="text.secondary">
          {TEXTS.onlyOne}
        </Typography>
      </Box>
    </Box>
  );
}

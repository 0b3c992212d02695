import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { VIEWS, type View } from './workflowFilter';

const LABELS: Readonly<Record<View, string>> = {
  all: 'All',
  mine: 'Asked for by me',
  teams: 'Of my teams',
};

/** Chooses whose workflows are shown. */
export function ViewToggle(props: {
  view: View;
  onChange: (view: View) => void;
}) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      color="primary"
      aria-label="Whose workflows"
      value={props.view}
      onChange={(_, view: View | null) => view && props.onChange(view)}
      sx={{ flexWrap: 'wrap' }}
    >
      {VIEWS.map(view => (
        <ToggleButton key={view} value={view} sx={{ textTransform: 'none' }}>
          {LABELS[view]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

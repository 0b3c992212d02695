import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { VIEWS, type View } from './workflowFilter';

/** Chooses whose workflows are shown. */
export function ViewToggle(props: {
  view: View;
  onChange: (view: View) => void;
}) {
  const { t } = useAgenticTranslation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      color="primary"
      aria-label={t('workflows.whose')}
      value={props.view}
      onChange={(_, view: View | null) => view && props.onChange(view)}
      sx={{ flexWrap: 'wrap' }}
    >
      {VIEWS.map(view => (
        <ToggleButton key={view} value={view} sx={{ textTransform: 'none' }}>
          {t(`workflows.view.${view}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

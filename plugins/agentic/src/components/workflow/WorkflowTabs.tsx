import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useId, type ReactNode } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** One tab: its id stands in the address. */
export interface WorkflowTab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

/** Tabs of which only the chosen one is rendered. */
export function WorkflowTabs(props: {
  tabs: readonly WorkflowTab[];
  selected: string;
  onSelect: (id: string) => void;
}) {
  const { t } = useAgenticTranslation();
  const prefix = useId();
  const current =
    props.tabs.find(tab => tab.id === props.selected) ?? props.tabs[0];
  return (
    <>
      <Tabs
        value={current.id}
        onChange={(_, id: string) => props.onSelect(id)}
        aria-label={t('workflow.parts')}
        variant="scrollable"
        scrollButtons={false}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {props.tabs.map(tab => (
          <Tab
            key={tab.id}
            value={tab.id}
            label={tab.label}
            sx={{ '&:hover': { bgcolor: 'action.hover' } }}
            id={`${prefix}-tab-${tab.id}`}
            aria-controls={
              tab.id === current.id ? `${prefix}-panel` : undefined
            }
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-tab-${current.id}`}
      >
        {current.content}
      </Box>
    </>
  );
}

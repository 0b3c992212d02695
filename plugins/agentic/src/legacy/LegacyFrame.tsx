import { Header, Page } from '@backstage/core-components';
import { compatWrapper } from '@backstage/core-compat-api';
import Box from '@mui/material/Box';
import type { ComponentType, ReactNode } from 'react';
import { WithStopBanner } from '../components/agents/WithStopBanner';
import { ToastsAsAlerts } from './ToastsAsAlerts';

/** What everything of ours needs around it in an app of the legacy frontend system. */
export function inLegacyApp(element: ReactNode): JSX.Element {
  return compatWrapper(<ToastsAsAlerts>{element}</ToastsAsAlerts>);
}

/** A page of ours with the header that the new frontend system would give it. */
export function inLegacyPage(
  title: string,
  Content: ComponentType,
): () => JSX.Element {
  return function LegacyPage() {
    return inLegacyApp(
      <Page themeId="tool">
        <Header title={title} />
        <Box sx={{ gridArea: 'pageContent', overflow: 'auto' }}>
          <WithStopBanner>
            <Content />
          </WithStopBanner>
        </Box>
      </Page>,
    );
  };
}

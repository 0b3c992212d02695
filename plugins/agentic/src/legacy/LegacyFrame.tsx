import { Header, Page } from '@backstage/core-components';
import { compatWrapper } from '@backstage/core-compat-api';
import Box from '@mui/material/Box';
import type { ComponentType, ReactNode } from 'react';
import { WithStopBanner } from '../components/agents/WithStopBanner';
import { ToastsAsAlerts } from './ToastsAsAlerts';
import type { PageName } from '../translation/Translate';
import { useAgenticTranslation } from '../translation/useAgenticTranslation';

/** What everything of ours needs around it in an app of the legacy frontend system. */
export function inLegacyApp(element: ReactNode): JSX.Element {
  return compatWrapper(<ToastsAsAlerts>{element}</ToastsAsAlerts>);
}

/** A component of ours with what it needs around it in an app of the legacy frontend system. */
export function framedForLegacyApp<P extends object>(
  Content: ComponentType<P>,
): (props: P) => JSX.Element {
  return function LegacyExtension(props: P) {
    return inLegacyApp(<Content {...props} />);
  };
}

function LegacyHeader(props: { page: PageName }) {
  const { t } = useAgenticTranslation();
  return <Header title={t(`common.page.${props.page}`)} />;
}

/** A page of ours with the header that the new frontend system would give it. */
export function inLegacyPage(
  page: PageName,
  Content: ComponentType,
): () => JSX.Element {
  return function LegacyPage() {
    return inLegacyApp(
      <Page themeId="tool">
        <LegacyHeader page={page} />
        <Box sx={{ gridArea: 'pageContent', overflow: 'auto' }}>
          <WithStopBanner>
            <Content />
          </WithStopBanner>
        </Box>
      </Page>,
    );
  };
}

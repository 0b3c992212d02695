import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { LogoFull, LogoIcon } from './Logo';

/** The logo at the top of the sidebar; it leads home. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Box
      sx={{
        width: sidebarConfig.drawerWidthClosed,
        height: 2.2 * sidebarConfig.logoHeight,
        display: 'flex',
        alignItems: 'center',
        pl: '21px',
      }}
    >
      <Link to="/" underline="none" aria-label="Agentic Portal, home">
        {isOpen ? <LogoFull /> : <LogoIcon />}
      </Link>
    </Box>
  );
}

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { sidebarContent } from './SidebarContent';

/** Replaces the generated sidebar by our own. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sidebarContent],
});

import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import {
  Settings as UserSettingsItem,
  UserSettingsSignInAvatar,
} from '@backstage/plugin-user-settings';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import { SidebarLogo } from './SidebarLogo';

/** Pages that are reached in another way than by an entry of their own. */
const WITHOUT_ENTRY = [
  'page:search',
  'page:notifications',
  'page:user-settings',
  'page:agentic/new',
  'page:auth',
];

/** Titles that the width of the sidebar would cut. */
const SHORTER = new Map([['Catalog Graph', 'Graph']]);

/** The sidebar: what people use every day first, whatever else is installed after it. */
export const sidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <SidebarItem
          icon={() => item.icon}
          to={item.href}
          text={SHORTER.get(item.title) ?? item.title}
        />
      ));
      WITHOUT_ENTRY.forEach(id => nav.take(id));
      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {nav.take('page:home')}
            {nav.take('page:catalog')}
            {nav.take('page:scaffolder')}
            {nav.take('page:agentic/workflows')}
            {nav.take('page:agentic/approvals')}
            {nav.take('page:agentic/operations')}
            <SidebarDivider />
            {nav.take('page:api-docs')}
            {nav.take('page:techdocs')}
            <SidebarScrollWrapper>
              {nav.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <NotificationsSidebarItem />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            <UserSettingsItem />
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});

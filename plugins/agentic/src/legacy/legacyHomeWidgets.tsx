import { createCardExtension } from '@backstage/plugin-home-react';
import { agenticLegacyPlugin } from './agenticLegacyPlugin';
import { framedForLegacyApp } from './LegacyFrame';

/** On the home page: what waits for the signature of who is signed in. */
export const HomePageAgenticApprovals = agenticLegacyPlugin.provide(
  createCardExtension({
    name: 'HomePageAgenticApprovals',
    title: 'Waiting for your approval',
    description: 'Approvals that you can sign now',
    layout: { width: { defaultColumns: 6 }, height: { defaultRows: 4 } },
    components: () =>
      import('../components/home/ApprovalsWidget').then(m => ({
        Content: framedForLegacyApp(m.ApprovalsWidget),
      })),
  }),
);

/** On the home page: the latest requests of who is signed in. */
export const HomePageAgenticMyWorkflows = agenticLegacyPlugin.provide(
  createCardExtension({
    name: 'HomePageAgenticMyWorkflows',
    title: 'Your workflows',
    description: 'What became of what you asked for last',
    layout: { width: { defaultColumns: 6 }, height: { defaultRows: 4 } },
    components: () =>
      import('../components/home/MyWorkflowsWidget').then(m => ({
        Content: framedForLegacyApp(m.MyWorkflowsWidget),
      })),
  }),
);

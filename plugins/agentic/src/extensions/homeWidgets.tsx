import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

/** On the home page: what waits for the signature of who is signed in. */
export const approvalsWidget = HomePageWidgetBlueprint.make({
  name: 'approvals',
  params: {
    name: 'AgenticApprovals',
    title: 'Waiting for your approval',
    description: 'Approvals that you can sign now',
    layout: { width: { defaultColumns: 6 }, height: { defaultRows: 4 } },
    components: () =>
      import('../components/home/ApprovalsWidget').then(m => ({
        Content: m.ApprovalsWidget,
      })),
  },
});

/** On the home page: the latest requests of who is signed in. */
export const myWorkflowsWidget = HomePageWidgetBlueprint.make({
  name: 'my-workflows',
  params: {
    name: 'AgenticMyWorkflows',
    title: 'Your workflows',
    description: 'What became of what you asked for last',
    layout: { width: { defaultColumns: 6 }, height: { defaultRows: 4 } },
    components: () =>
      import('../components/home/MyWorkflowsWidget').then(m => ({
        Content: m.MyWorkflowsWidget,
      })),
  },
});

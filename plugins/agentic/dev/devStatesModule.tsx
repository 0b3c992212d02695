import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import Style from '@mui/icons-material/Style';

/** The page `/states`: every card and table in every state. */
export const devStatesModule = createFrontendModule({
  pluginId: 'agentic',
  extensions: [
    PageBlueprint.make({
      name: 'states',
      params: {
        path: '/states',
        title: 'Card states',
        icon: <Style fontSize="inherit" />,
        loader: () =>
          import('./cardStates/CardStates').then(m => <m.CardStates />),
      },
    }),
  ],
});

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { ExamplePeopleSignIn } = await import('./ExamplePeopleSignIn');
      return ExamplePeopleSignIn;
    },
  },
});

/** Lets people of the example company sign in; replace it by a real provider for real use. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});

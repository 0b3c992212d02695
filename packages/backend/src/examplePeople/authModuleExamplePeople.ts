import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createExamplePeopleAuthenticator } from './createExamplePeopleAuthenticator';
import { readExamplePeople } from './readExamplePeople';
import { createExamplePersonSignIn } from './createExamplePersonSignIn';

/**
 * Sign-in without a password as one of the people of `agentic.examplePeople`, for trying the
 * portal out on one's own machine. Refuses to start in production.
 */
export const authModuleExamplePeople = createBackendModule({
  pluginId: 'auth',
  moduleId: 'example-people',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        const people = readExamplePeople(config, process.env.NODE_ENV);
        if (people.length === 0) {
          return;
        }
        providers.registerProvider({
          providerId: 'example-people',
          factory: createProxyAuthProviderFactory({
            authenticator: createExamplePeopleAuthenticator({
              people,
              baseUrl: config.getString('backend.baseUrl'),
            }),
            signInResolver: createExamplePersonSignIn(),
          }),
        });
        logger.info(
          `Anybody who reaches this portal can sign in as any of the ${people.length} people of agentic.examplePeople`,
        );
      },
    });
  },
});

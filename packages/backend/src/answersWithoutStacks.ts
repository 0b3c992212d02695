import {
  rootHttpRouterServiceFactory,
  type RootHttpRouterConfigureContext,
} from '@backstage/backend-defaults/rootHttpRouter';

function configure({
  middleware,
  applyDefaults,
}: RootHttpRouterConfigureContext): void {
  const error = middleware.error.bind(middleware);
  middleware.error = options => error({ ...options, showStackTraces: false });
  applyDefaults();
}

/**
 * The HTTP router with Backstage's defaults, but for one: in development Backstage sends the stack
 * of an error to whoever asked. Here it is in the log only.
 */
export const answersWithoutStacks = rootHttpRouterServiceFactory({ configure });

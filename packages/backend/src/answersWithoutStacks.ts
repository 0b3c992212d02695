import {
  rootHttpRouterServiceFactory,
  type RootHttpRouterConfigureContext,
} from '@backstage/backend-defaults/rootHttpRouter';
import { withoutStacks } from './withoutStacks';

function configure({
  app,
  applyDefaults,
}: RootHttpRouterConfigureContext): void {
  app.use((_req, res, next) => {
    const json = res.json.bind(res);
    res.json = body => json(res.statusCode >= 400 ? withoutStacks(body) : body);
    next();
  });
  applyDefaults();
}

/**
 * The HTTP router with Backstage's defaults, but for one: in development Backstage sends the stack
 * of an error to whoever asked. Here it is in the log only.
 */
export const answersWithoutStacks = rootHttpRouterServiceFactory({ configure });

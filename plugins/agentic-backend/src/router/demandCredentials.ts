import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { operationOf } from './operationOf';

/**
 * Refuses every request without valid credentials, apart from those that the API description calls
 * open. It takes the place of Backstage's own barrier, which stands in front of the plugin and so
 * would refuse a forged token without the plugin's audit hearing of it.
 */
export function demandCredentials(httpAuth: HttpAuthService): RequestHandler {
  return async (req, _res, next) => {
    if (!operationOf(req.method, req.path)?.open) {
      await httpAuth.credentials(req, { allow: ['user', 'service'] });
    }
    next();
  };
}

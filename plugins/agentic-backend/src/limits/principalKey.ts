import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/**
 * Whose request it is, for counting: the person or service where it is known, the address only
 * where nobody has signed in. A service that acts for a person counts as that person.
 */
export async function principalKey(
  httpAuth: HttpAuthService,
  req: Request,
): Promise<string> {
  try {
    const { principal } = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
      allowLimitedAccess: true,
    });
    return principal.type === 'user'
      ? principal.userEntityRef
      : `service:${principal.subject}`;
  } catch {
    return `address:${ipKeyGenerator(req.ip ?? 'unknown')}`;
  }
}

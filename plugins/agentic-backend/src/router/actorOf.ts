import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks, in the words of the change record: a user's entity ref, `service:<subject>`, or `anonymous`. */
export function actorOf({ principal }: BackstageCredentials): string {
  if (typeof principal !== 'object' || principal === null) {
    return 'anonymous';
  }
  if ('userEntityRef' in principal) {
    return String(principal.userEntityRef);
  }
  return 'subject' in principal ? `service:${principal.subject}` : 'anonymous';
}

import { CustomErrorBase } from '@backstage/errors';

/** A secret is there and cannot be decrypted. Who made it may make it anew. */
export class UnreadableSecretError extends CustomErrorBase {
  name = 'UnreadableSecretError' as const;
}

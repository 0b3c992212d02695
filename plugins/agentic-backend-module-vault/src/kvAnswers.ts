import { DEFAULT_ROTATION_DAYS } from '@agentic-backstage/plugin-agentic-common';
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import type { VaultAnswer } from './VaultHttp';

const Version = z.object({
  created_time: z.string(),
  deletion_time: z.string(),
  destroyed: z.boolean(),
});
/** What Vault says of a secret, without its values. */
export const KvMetadata = z.object({
  data: z.object({
    created_time: z.string(),
    current_version: z.number().int(),
    custom_metadata: z.record(z.string(), z.string()).nullish(),
    versions: z.record(z.string(), Version),
  }),
});
/** One version with its values; gone when they are null. */
export const KvData = z.object({
  data: z.object({
    data: z.record(z.string(), z.unknown()).nullable(),
    metadata: z.object({ version: z.number().int() }),
  }),
});
/** The version that was written. */
export const KvWritten = z.object({
  data: z.object({ version: z.number().int() }),
});
/** What lies in a folder; folders end with a slash. */
export const KvKeys = z.object({
  data: z.object({ keys: z.array(z.string()) }),
});

/** What Vault says of a secret, without its values. */
export type KvMetadata = z.infer<typeof KvMetadata>['data'];

/** The custom metadata that holds the term of rotation. */
export const TERM = 'agentic_rotate_after_days';

/** Whether there is a present version. What was soft-deleted is not there. */
export function isLiving(found: KvMetadata): boolean {
  const current = found.versions[String(found.current_version)];
  return (
    current !== undefined && !current.destroyed && current.deletion_time === ''
  );
}

/** The labels, without what this module keeps beside them. */
export function labelsOf(
  found: KvMetadata | undefined,
): Record<string, string> {
  const { [TERM]: _term, ...labels } = found?.custom_metadata ?? {};
  return labels;
}

/** Days after which a new value is due. */
export function termOf(found: KvMetadata | undefined): number {
  const days = Number(found?.custom_metadata?.[TERM]);
  return Number.isInteger(days) && days > 0 ? days : DEFAULT_ROTATION_DAYS;
}

/** What Vault said went wrong. */
export function said(answer: VaultAnswer): string {
  return answer.errors.join('; ') || `it answered ${answer.status}`;
}

/** Reads an answer. Throws `ServiceUnavailableError` when it is not one of a KV engine of version 2. */
export function readKv<T>(
  schema: z.ZodType<T>,
  answer: VaultAnswer,
  path: string,
): T {
  const parsed = schema.safeParse(answer.body);
  if (answer.status >= 300 || !parsed.success) {
    throw new ServiceUnavailableError(
      `Vault answered something else than a KV engine of version 2 does about '${path}': ${said(
        answer,
      )}; check agentic.vault.mount`,
    );
  }
  return parsed.data;
}

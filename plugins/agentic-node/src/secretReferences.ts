import { InputError } from '@backstage/errors';
import { z } from 'zod';

const PATH = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const REFERENCE =
  /^secret:([a-z][a-z0-9-]{0,62})\/([^?#]+?)(?:\?version=([1-9]\d{0,8}))?#([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})$/;

/** Where a secret lies within a store: segments of letters, digits, dots, hyphens and underscores. */
export const SecretPath = z
  .string()
  .max(200)
  .regex(
    PATH,
    'must be segments of letters, digits, dots, hyphens and underscores, with / between them, for example team/database',
  );

/**
 * Names one value of a secret: `secret:<store>/<path>#<key>`, or with `?version=<n>` before the `#`
 * a certain version of it. This, and never the value, stands in plans, parameters, logs and records.
 */
export const SecretReference = z
  .string()
  .max(400)
  .refine(
    text => {
      const match = REFERENCE.exec(text);
      return match !== null && SecretPath.safeParse(match[2]).success;
    },
    { message: 'must have the form secret:<store>/<path>#<key>' },
  )
  .brand<'SecretReference'>();
/** Names one value of a secret; see the schema of the same name. */
export type SecretReference = z.infer<typeof SecretReference>;

/** The parts of a reference. */
export interface SecretReferenceParts {
  readonly store: string;
  readonly path: string;
  readonly key: string;
  readonly version?: number;
}

/** Takes a reference apart. Throws `InputError`, not repeating what was given, for it might be a secret itself. */
export function parseSecretReference(text: string): SecretReferenceParts {
  const match = REFERENCE.exec(text);
  if (!match || !SecretReference.safeParse(text).success) {
    throw new InputError(
      'This is not a secret reference; write secret:<store>/<path>#<key>, for example secret:portal/team/database#password',
    );
  }
  const [, store, path, version, key] = match;
  return {
    store,
    path,
    key,
    ...(version === undefined ? {} : { version: Number(version) }),
  };
}

/** Writes a reference from its parts. */
export function secretReference(parts: SecretReferenceParts): SecretReference {
  const { store, path, key, version } = parts;
  const pinned = version === undefined ? '' : `?version=${version}`;
  return SecretReference.parse(`secret:${store}/${path}${pinned}#${key}`);
}

const PATTERN = /^[A-Za-z0-9._*{}-]+(?:\/[A-Za-z0-9._*{}-]+)*$/;

/** Whether a text can be a pattern at all: a store and at least one segment, names in braces among those known. */
export function isSecretPattern(pattern: string): boolean {
  const withoutNames = pattern.replace(/\{(?:service|environment)\}/g, 'x');
  return (
    PATTERN.test(withoutNames) &&
    pattern.includes('/') &&
    !/\*\*(?!$)|[^/]\*\*|[{}]/.test(withoutNames)
  );
}

function segmentSource(
  segment: string,
  names: Readonly<Record<string, string>>,
): string {
  return segment
    .replace(/\{([a-z]+)\}/gi, (whole, name: string) =>
      Object.hasOwn(names, name) ? names[name] : whole,
    )
    .replace(/[.{}+?^$()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*');
}

/**
 * Whether a pattern covers a secret. A pattern is `<store>/<path>`, where `*` stands for anything
 * within a segment, a last `**` for any number of segments, none included, and `{service}` and
 * `{environment}` for what the call is about. An unknown name in braces covers nothing.
 */
export function coversSecret(
  pattern: string,
  secret: Pick<SecretReferenceParts, 'store' | 'path'>,
  names: Readonly<Record<string, string>>,
): boolean {
  if (!PATTERN.test(pattern)) {
    return false;
  }
  const open = pattern.endsWith('/**');
  const segments = (open ? pattern.slice(0, -3) : pattern).split('/');
  if (segments.length < 2 && !open) {
    return false;
  }
  // A name with a wildcard or a slash in it would widen the pattern.
  if (Object.values(names).some(name => /[*/{}]/.test(name))) {
    return false;
  }
  const source = segments
    .map(segment => segmentSource(segment, names))
    .join('/');
  return new RegExp(`^${source}${open ? '(?:/.+)?' : ''}$`).test(
    `${secret.store}/${secret.path}`,
  );
}

import { InputError, NotFoundError } from '@backstage/errors';
import { MIN_SECRET_LENGTH } from '../runtime/redactValues';

/** One value of a secret. Throws when it is not there, or too short to be kept out of logs. */
export function valueOf(
  values: Readonly<Record<string, string>>,
  { store, path, key }: { store: string; path: string; key: string },
): string {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined) {
    throw new NotFoundError(`The secret ${store}/${path} has no '${key}'`);
  }
  if (value.length < MIN_SECRET_LENGTH) {
    throw tooShort(`${store}/${path}#${key}`);
  }
  return value;
}

/** Refuses a value that could not be told from ordinary text. */
export function tooShort(what: string): InputError {
  return new InputError(
    `The value of ${what} has fewer than ${MIN_SECRET_LENGTH} characters and could not be told from ordinary text to keep it out of logs; use a longer one`,
  );
}

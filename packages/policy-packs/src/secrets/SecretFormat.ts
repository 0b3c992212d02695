import { literalsOf } from './literalsOf';

/** The form of one kind of secret. The first group, where there is one, is the secret itself. */
export interface SecretFormat {
  readonly id: string;
  readonly title: string;
  readonly pattern: RegExp;
  /** The fewest bits of entropy a character: below it, it is an example. */
  readonly entropy: number;
  /** In lower case: a text without any of them has no match. Empty: it has to be tried. */
  readonly literals: readonly string[];
}

const START = String.raw`(?<![A-Za-z0-9_.-])`;
const END = String.raw`(?![A-Za-z0-9_-])`;

/** A format that stands apart from the words around it. */
export function format(
  id: string,
  title: string,
  body: string,
  entropy = 3,
  flags = 'g',
): SecretFormat {
  return {
    id,
    title,
    entropy,
    literals: literalsOf(body),
    pattern: new RegExp(`${START}(${body})${END}`, flags),
  };
}

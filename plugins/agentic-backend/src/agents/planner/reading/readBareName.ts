import type { Meaning } from './Meaning';
import { findMeaning, meaningOf } from './findMeaning';
import type { Token } from './tokenize';

const NAME =
  /^([\p{L}\p{N}][\p{L}\p{N}_-]*)-(?:service|svc|api|app|server|backend|gateway)$/iu;
/** "Self-service" says what something is like, not what it is called. */
const DESCRIBES = new Set(
  'self multi micro web full cross inter single public private internal external shared sub mini macro open all any'.split(
    ' ',
  ),
);
const BEFORE = new Set<Meaning['kind']>(['create', 'deploy', 'service']);

/**
 * A name given without "called": a word such as `user-service` that follows the verb or stands
 * beside the noun. Anything else is asked about.
 */
export function readBareName(
  tokens: readonly Token[],
  at: number,
  previous: Meaning['kind'] | undefined,
): string | undefined {
  const { text, word } = tokens[at];
  const stem = NAME.exec(word)?.[1];
  if (!stem || DESCRIBES.has(stem) || meaningOf(stem)) return undefined;
  const follows = findMeaning(tokens, at + 1)?.meaning.kind === 'service';
  return follows || (previous && BEFORE.has(previous)) ? text : undefined;
}

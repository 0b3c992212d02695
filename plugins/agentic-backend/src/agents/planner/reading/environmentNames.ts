import { meaningOf } from './findMeaning';
import type { Token } from './tokenize';

/** Names people use for the same environment. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['development', 'dev'],
  ['staging', 'stage', 'stg'],
  ['production', 'prod', 'live', 'prd'],
  ['test', 'testing', 'qa', 'uat'],
  ['preview', 'preprod', 'pre-production', 'pre-prod'],
  ['sandbox'],
  ['demo'],
  ['canary'],
  ['local'],
  ['integration'],
];

/** Words that are an environment only where the sentence says so. */
const AMBIGUOUS = new Set([
  'live',
  'test',
  'testing',
  'stage',
  'preview',
  'demo',
  'local',
  'canary',
  'integration',
  'sandbox',
]);
const BEFORE = new Set(['to', 'in', 'on', 'into', 'onto', 'for', ':']);
const ARTICLES = new Set(['the', 'our', 'my', 'a']);

/** The configured environment that a word means; the word itself when it means one that is not configured. */
export function environmentOf(
  word: string,
  environments: readonly string[],
): string | undefined {
  const exact = environments.find(name => name.toLowerCase() === word);
  if (exact) return exact;
  const synonyms = SYNONYMS.find(group => group.includes(word));
  if (!synonyms) return undefined;
  return (
    environments.find(name => synonyms.includes(name.toLowerCase())) ??
    synonyms[0]
  );
}

/** The environment named at `at`, unless the word has another meaning there. */
export function readEnvironment(
  tokens: readonly Token[],
  at: number,
  environments: readonly string[],
): string | undefined {
  const { word } = tokens[at];
  const environment = environmentOf(word, environments);
  if (!environment) return undefined;
  if (!AMBIGUOUS.has(word) && !meaningOf(word)) return environment;
  const next = tokens[at + 1]?.word;
  if (next === 'environment' || next === 'env') return environment;
  const before = tokens[at - 1]?.word ?? '';
  const leading = ARTICLES.has(before) ? tokens[at - 2]?.word : before;
  return BEFORE.has(leading ?? '') ? environment : undefined;
}

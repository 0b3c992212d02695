import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import german from './de';
import { messages } from './messages';

type Nested = { readonly [key: string]: string | Nested };

function flatten(nested: Nested, prefix = ''): [string, string][] {
  return Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const english = new Map(flatten(messages));
const translated = new Map(Object.entries<string>(german));

/** What is put into a text, with the way it is written. */
function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^}]+?)\s*\}\}/g)]
    .map(([, value]) => value)
    .sort();
}

/** Words that are the same in both languages. */
const SAME =
  /^(Agent|agents?|Version|Status|Text|Hash|Trace|Live|Port|Workflows?|Deployment|Repository|Plan|Parameters?|Parameter|Details?|Tokens?)$/;

describe('translations', () => {
  it('say every text in German', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('put the same values into both', () => {
    const values = (texts: ReadonlyMap<string, string>) =>
      [...english.keys()].map(key => [key, valuesIn(texts.get(key) ?? '')]);
    expect(values(translated)).toEqual(values(english));
  });

  it('leave nothing in English', () => {
    const left = [...english].filter(
      ([key, text]) =>
        translated.get(key) === text &&
        /\p{L}{2}/u.test(text.replace(/\{\{[^}]*\}\}/g, '')) &&
        !SAME.test(text),
    );
    // Words that are the same in both, and an example for the planner, which reads English.
    expect(left.map(([key]) => key)).toEqual([
      'approvals.expiry.in',
      'approvals.inFile',
      'approvals.inFileLine',
      'newRequest.example',
      'operations.measure.workflows',
      'operations.measure.tokens',
      'plan.compare.version',
      'plan.compare.step',
      'service.deploymentTitle',
    ]);
  });

  it('are all used', () => {
    const root = join(__dirname, '..');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name) && !name.startsWith('translation'))
      .map(name => readFileSync(join(root, name), 'utf8'))
      .join('\n');
    const keys = new Set(
      [...sources.matchAll(/['"]([a-zA-Z]+(?:\.\w+)+)['"]/g)].map(
        ([, key]) => key,
      ),
    );
    const patterns = [
      ...sources.matchAll(/`([a-zA-Z]+(?:\.\w+)*\.\$\{[^`]*)`/g),
    ].map(
      ([, template]) =>
        new RegExp(
          `^${template
            .replace(/\$\{[^}]*\}/g, '<any>')
            .replace(/\./g, '\\.')
            .replace(/<any>/g, '\\w+')}$`,
        ),
    );
    const unused = [...english.keys()]
      .map(key => key.replace(/_(one|other)$/, ''))
      .filter(
        key => !keys.has(key) && !patterns.some(pattern => pattern.test(key)),
      );
    expect(unused).toEqual([]);
  });
});

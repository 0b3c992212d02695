import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findVisibleTexts } from '../__testUtils__/findVisibleTexts';

const SOURCES = join(__dirname, '..');

/** Words in components that are no texts of ours, each with what they are. */
const NO_TEXTS = new Map([
  ['leave it out', 'what the planner calls an answer'],
  ['not isolated', 'what the backend says of a deployment'],
  ['user:default/ada', 'an entity reference'],
  ['group:default/on-call', 'an entity reference'],
  ['npx agentic-verify record-', 'a command'],
  ['.json', 'the end of the name of a file'],
  [
    'input, textarea, select, [role="combobox"], [role="listbox"], [role="dialog"]',
    'a selector',
  ],
]);

function filesBelow(folder: string): string[] {
  return readdirSync(join(SOURCES, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(name => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map(name => join(folder, name));
}

describe('findVisibleTexts', () => {
  it.each([
    ['text between tags', '<p>Hello you</p>', ['Hello you']],
    ['one word between tags', '<Button>close</Button>', ['close']],
    ['a prop that is shown', '<a title="open">{x}</a>', ['open']],
    [
      'a prop that screen readers say',
      '<a aria-label="x y to">{x}</a>',
      ['x y to'],
    ],
    [
      'a choice between texts',
      '<p>{a ? "one" : "other"}</p>',
      ['one', 'other'],
    ],
    ['a text with a value', '<p>{`${n} of them`}</p>', ['of them']],
    ['a table of words', 'const WORDS = { open: "Open" };', ['Open']],
    ['a sentence in code', 'return "it is so";', ['it is so']],
    ['a column', '<DataTable columns={["Name"]} />', ['Name']],
    ['a key of a text', '<p>{t("common.close")}</p>', []],
    ['a comparison', '<p>{state === "open" && x}</p>', []],
    ['a style', '<Box sx={{ border: "2px solid Black" }} />', []],
    ['a value of a prop', '<Alert severity="error">{x}</Alert>', []],
    ['an import', 'import { x } from "Some Where";', []],
  ])('%s', (_what, content, texts) => {
    expect(findVisibleTexts(content, 'x.tsx')).toEqual(texts);
  });
});

describe('texts of the pages', () => {
  // The folder `extensions` has none either, but names that Backstage wants before there is a language.
  it.each(filesBelow('components').concat(filesBelow('live')))(
    '%s has no text of its own',
    name => {
      const content = readFileSync(join(SOURCES, name), 'utf8');
      expect(
        findVisibleTexts(content, name).filter(text => !NO_TEXTS.has(text)),
      ).toEqual([]);
    },
  );
});

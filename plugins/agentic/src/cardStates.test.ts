import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Frames that others are made of; they have no state of their own. */
const FRAMES = ['DataTable', 'Section'];

const STATES = join(__dirname, '..', 'dev', 'cardStates');

function cardsInSources(): string[] {
  return readdirSync(join(__dirname, 'components'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(name => /(Card|Table|Section|Widget|Panel)\.tsx$/.test(name))
    .map(name => basename(name, '.tsx'))
    .filter(name => !FRAMES.includes(name));
}

describe('the dev page of card states', () => {
  it('has every card and table', () => {
    const page = ['loadedCards.tsx', 'givenCards.tsx']
      .map(file => readFileSync(join(STATES, file), 'utf8'))
      .join('\n');
    const shown = [...page.matchAll(/States\(\s*'(\w+)'/g)].map(
      ([, card]) => card,
    );
    expect(cardsInSources().filter(card => !shown.includes(card))).toEqual([]);
    expect(shown.length).toBeGreaterThan(20);
  });
});

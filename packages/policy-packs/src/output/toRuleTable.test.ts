import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toRuleTable } from './toRuleTable';

/** Formatting of tables is prettier's affair: only the words are compared. */
const words = (text: string) =>
  text.replace(/[ \t]+/g, ' ').replace(/-{3,}/g, '---');

describe('toRuleTable', () => {
  it('is what the documentation shows (policy-check --rules prints it)', () => {
    const page = readFileSync(
      path.resolve(__dirname, '../../../../docs/policy-packs.md'),
      'utf8',
    );
    const shown = page.split('<!-- rules -->')[1] ?? '';
    expect(words(shown).trim()).toBe(words(toRuleTable()).trim());
  });
});

import { checkPolicy } from '../evaluation/checkPolicy';
import { EXAMPLES } from './__fixtures__/examples';
import { POLICY_RULES } from './policyPacks';

describe('rules', () => {
  it.each(EXAMPLES.map((example, index) => ({ ...example, index })))(
    '$rule: is broken, and kept by the smallest change ($index)',
    ({ rule, type, bad, good, parameters }) => {
      const found = (content: string) =>
        checkPolicy({
          type,
          content,
          ...(parameters && {
            parameters: JSON.parse(JSON.stringify(parameters)),
          }),
        }).violations.filter(violation => violation.rule === rule);
      expect(found(bad)).not.toEqual([]);
      expect(found(good)).toEqual([]);
    },
  );

  it('have an example each, where they are more than a question about attributes', () => {
    const shown = new Set(EXAMPLES.map(({ rule }) => rule));
    const lacking = POLICY_RULES.filter(
      ({ id, checks = [] }) => checks.length > 0 && !shown.has(id),
    ).map(({ id }) => id);
    expect(lacking).toEqual([]);
  });
});

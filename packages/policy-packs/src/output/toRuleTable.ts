import { POLICY_PACKS } from '../packs/policyPacks';
import { CATEGORIES } from '../rules/categories';
import type { PolicyRule } from '../rules/PolicyRule';

function typesOf({ targets = [], checks = [] }: PolicyRule): string {
  const types = [
    ...new Set([
      ...targets.flatMap(target => target.types),
      ...checks.flatMap(check => check.types ?? [check.platform]),
    ]),
  ];
  return types.length > 4
    ? `${types.slice(0, 3).join(', ')} and ${types.length - 3} more`
    : types.join(', ');
}

/** What Markdown would take for emphasis. */
const plain = (text: string) => text.replace(/[*<]/g, '\\$&');

/** Every rule of every pack as Markdown, and the controls of each kind: what the documentation shows. */
export function toRuleTable(): string {
  const packs = POLICY_PACKS.map(({ name, version, title, rules }) =>
    [
      `### ${name} ${version}`,
      '',
      `${title}. ${rules.length} rules.`,
      '',
      '| rule | severity | what it asks | for |',
      '| --- | --- | --- | --- |',
      ...rules.map(
        rule =>
          `| \`${rule.id}\` | ${rule.severity} | ${plain(rule.title)}. ${plain(
            rule.remedy,
          )} | ${typesOf(rule)} |`,
      ),
    ].join('\n'),
  );
  const controls = [
    '### Controls',
    '',
    '| kind of rule | controls that it gives evidence for |',
    '| --- | --- |',
    ...Object.values(CATEGORIES).map(
      ({ title, controls: named }) =>
        `| ${title} | ${Object.entries(named)
          .map(([framework, ids]) => `${framework}: ${ids.join(', ')}`)
          .join('; ')} |`,
    ),
  ].join('\n');
  return [...packs, controls].join('\n\n');
}

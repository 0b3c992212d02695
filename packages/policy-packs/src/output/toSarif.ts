import { POLICY_RULES } from '../packs/policyPacks';
import type { PolicyResult } from '../evaluation/checkPolicy';
import type { PolicySeverity } from '../rules/PolicyRule';

const LEVELS: Readonly<Record<PolicySeverity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** The violations as SARIF 2.1.0, for code scanning of GitHub and GitLab. */
export function toSarif({ violations, packs }: PolicyResult): string {
  const used = new Set(violations.map(({ rule }) => rule));
  const rules = POLICY_RULES.filter(({ id }) => used.has(id)).map(
    ({ id, title, remedy, category }) => ({
      id,
      shortDescription: { text: title },
      help: { text: remedy },
      properties: { tags: [category] },
    }),
  );
  const results = violations.map(({ rule, severity, message, file, line }) => ({
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file },
          ...(line !== undefined && { region: { startLine: line } }),
        },
      },
    ],
  }));
  const version = packs.map(pack => `${pack.name} ${pack.version}`).join(', ');
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'policy-check',
              semanticVersion: packs[0]?.version,
              properties: { packs: version },
              rules,
            },
          },
          results,
        },
      ],
    },
    undefined,
    2,
  );
}

import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import type { Deployed } from '../schema';

/** What a runbook is made from. */
export interface RunbookFacts {
  readonly intent: Pick<
    Intent,
    | 'serviceName'
    | 'description'
    | 'owner'
    | 'environment'
    | 'language'
    | 'database'
  >;
  readonly workflowId: string;
  readonly contact: string;
  readonly deployed: Deployed;
}

/** One line of text that no Markdown in it can leave. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#]/g, '\\$&')
    .trim();

const whenKnown = (label: string, value: string | undefined) =>
  value === undefined ? [] : [`- **${label}**: ${plain(value)}`];

/** The page as Markdown: what it is, whose it is, where it runs, how to look, how to stop it. */
export function renderRunbook(facts: RunbookFacts): string {
  const { intent, workflowId, contact, deployed } = facts;
  const { url, version, commit, repositoryUrl } = deployed;
  return [
    `# ${plain(intent.serviceName)}`,
    '',
    plain(intent.description) || 'Nobody has said what it is for.',
    '',
    `- **Owner**: ${plain(intent.owner)}`,
    `- **Call**: ${plain(contact)}`,
    `- **Environment**: ${plain(intent.environment)}`,
    `- **Made of**: ${plain(intent.language)}, database ${plain(
      intent.database,
    )}`,
    ...whenKnown('Version', version),
    ...whenKnown('Repository', repositoryUrl),
    ...whenKnown('Commit', commit),
    '',
    '## Is it well?',
    '',
    url === undefined
      ? 'It has no address on record; look at its workflow.'
      : `\`${url}/health\` says whether it lives, \`${url}/ready\` whether it can work.`,
    '',
    '## Stop it, or take it back',
    '',
    `Workflow \`${workflowId}\` has made it. **Deployment** on its page has **Stop**; cancelling or undoing the workflow takes away everything that it made.`,
    '',
  ].join('\n');
}

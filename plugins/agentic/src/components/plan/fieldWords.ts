import {
  formatDuration,
  PreCheck,
  type FieldChange,
} from '@agentic-backstage/plugin-agentic-common';
import { PRE_CHECKS } from '../status/wording';

/** What the fields of plans and requests are called in sentences. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  template: 'Template',
  serviceName: 'Service name',
  description: 'Description',
  owner: 'Owner',
  language: 'Language',
  pattern: 'Pattern',
  database: 'Database',
  environment: 'Environment',
  port: 'Port',
  highAvailability: 'High availability',
  monthlyBudget: 'Monthly budget in USD',
  cloudProvider: 'Cloud provider',
  cost: 'Estimated cost',
  seconds: 'Estimated time',
  title: 'Title',
  agent: 'Agent',
  goal: 'Goal',
  dependsOn: 'Waits for',
  priority: 'Priority',
  estimatedSeconds: 'Estimated time',
  'policy.maxAttempts': 'Tries at most',
  'policy.timeoutSeconds': 'Time limit',
  'policy.initialBackoffSeconds': 'Shortest pause between tries',
  'policy.maxBackoffSeconds': 'Longest pause between tries',
  budget: 'Budget check',
  resources: 'Resource check',
  security: 'Security check',
};

const INPUT = 'Input of the agent: ';

/** A field as people call it; an input of an agent keeps its own name. */
export function wordsOfField(field: string): string {
  return FIELD_WORDS[field] ?? field.replace(/^input\./, INPUT);
}

/** A value as people say it. */
export function wordsOfValue(
  { field }: FieldChange,
  value: string | undefined,
): string | undefined {
  if (value === 'true' || value === 'false') {
    return value === 'true' ? 'yes' : 'no';
  }
  if (value !== undefined && /seconds$/i.test(field)) {
    return formatDuration(Number(value));
  }
  const check = value?.match(/^(passed|failed|needs_review): /);
  if (value !== undefined && check) {
    const result = PreCheck.shape.result.parse(check[1]);
    return `${PRE_CHECKS[result].label}: ${value.slice(check[0].length)}`;
  }
  if (value !== undefined && field === 'dependsOn') {
    return value.replace(/["[\]]/g, '').replace(/,/g, ', ');
  }
  return value;
}

import {
  formatDuration,
  PreCheck,
  type FieldChange,
} from '@agentic-backstage/plugin-agentic-common';
import type { Translate } from '../../translation/Translate';
import { messages } from '../../translation/messages';
import { PRE_CHECKS } from '../status/wording';

type FieldKey = Exclude<keyof (typeof messages)['plan']['field'], 'input'>;

/** Fields of plans that another field shares its name with, or whose name is a path. */
const KEYS: Readonly<Record<string, FieldKey>> = {
  cost: 'estimatedCost',
  seconds: 'estimatedSeconds',
  'policy.maxAttempts': 'maxAttempts',
  'policy.timeoutSeconds': 'timeoutSeconds',
  'policy.initialBackoffSeconds': 'initialBackoffSeconds',
  'policy.maxBackoffSeconds': 'maxBackoffSeconds',
};

function isFieldKey(field: string): field is FieldKey {
  return field !== 'input' && field in messages.plan.field;
}

function keyOf(field: string): FieldKey | undefined {
  return isFieldKey(field) ? field : KEYS[field];
}

/** A field as people call it; an input of an agent keeps its own name. */
export function wordsOfField(field: string, t: Translate): string {
  const key = keyOf(field);
  if (key) return t(`plan.field.${key}`);
  const name = /^input\.(.*)$/.exec(field)?.[1];
  return name === undefined ? field : t('plan.field.input', { name });
}

/** A value as people say it. */
export function wordsOfValue(
  { field }: FieldChange,
  value: string | undefined,
  t: Translate,
): string | undefined {
  if (value === 'true' || value === 'false') {
    return t(value === 'true' ? 'plan.yes' : 'plan.no');
  }
  if (value !== undefined && /seconds$/i.test(field)) {
    return formatDuration(Number(value));
  }
  const check = value?.match(/^(passed|failed|needs_review): /);
  if (value !== undefined && check) {
    const result = PreCheck.shape.result.parse(check[1]);
    return `${t(PRE_CHECKS[result].label)}: ${value.slice(check[0].length)}`;
  }
  if (value !== undefined && field === 'dependsOn') {
    return value.replace(/["[\]]/g, '').replace(/,/g, ', ');
  }
  return value;
}

import {
  MAX_DESCRIPTION_LENGTH,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import type { Settled } from '../fields/settle';
import { findSecret } from './findSecret';

/** The longest description that a service can carry. */
const LONGEST_PURPOSE = 1000;
/** They make a text look different from what it is. */
const INVISIBLE =
  /(?![\t\n\r])[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What keeps a text from being read at all: its length, or a credential in it, which is not repeated. */
export function checkTexts({
  description = '',
  parameters,
}: PlanningRequest): Problem | undefined {
  const texts = {
    description,
    'parameters.description': parameters.description ?? '',
  };
  for (const [field, text] of Object.entries(texts)) {
    if (text.length > MAX_DESCRIPTION_LENGTH) {
      return {
        field,
        message: `the text has ${text.length} characters`,
        remedy: `Use at most ${MAX_DESCRIPTION_LENGTH}.`,
      };
    }
    const secret = findSecret(text);
    if (secret) {
      return {
        field,
        message: `the text seems to contain ${secret}`,
        remedy:
          'Take it out and replace the credential: what is written in a request is stored and shown.',
      };
    }
  }
  return undefined;
}

/** What is wrong with the description that the service itself will carry. */
export function checkPurpose(settled: Settled<string> | undefined): Problem[] {
  if (!settled) return [];
  const field =
    settled.origin === 'words' ? 'description' : 'parameters.description';
  if (settled.value.length > LONGEST_PURPOSE) {
    return [
      {
        field,
        message: `the description of the service has ${settled.value.length} characters`,
        remedy: `Use at most ${LONGEST_PURPOSE}.`,
      },
    ];
  }
  if (!INVISIBLE.test(settled.value)) return [];
  return [
    {
      field,
      message:
        'the description of the service has invisible control characters',
      remedy: 'Type it again as plain text.',
    },
  ];
}

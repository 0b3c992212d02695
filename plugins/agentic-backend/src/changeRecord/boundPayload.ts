import { digestOf } from '@agentic-backstage/change-record';

const MAX_CHARACTERS = 256 * 1024;

/** The value, or its digest and size when it is too large to keep with every entry. */
export function boundPayload(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  return text.length <= MAX_CHARACTERS
    ? value
    : {
        tooLarge: true,
        characters: text.length,
        digest: digestOf(JSON.parse(text)),
      };
}

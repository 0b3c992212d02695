import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import { EventStreamParser } from './EventStreamParser';

/** A stream that says nothing for this long is taken for dead, because a cut connection often does not tell. */
const SILENCE_MS = 60_000;

class Alarm {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly rung: Promise<undefined>;

  constructor(milliseconds: number) {
    this.rung = new Promise(resolve => {
      this.#timer = setTimeout(() => resolve(undefined), milliseconds);
    });
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

function isWorkflowEvent(value: unknown): value is WorkflowEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { seq?: unknown }).seq === 'number' &&
    typeof (value as { message?: unknown }).message === 'string'
  );
}

function parseEvent(data: string): WorkflowEvent | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isWorkflowEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Yields the workflow events of a streamed answer until it ends, falls silent, or the reader stops. */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  options: { silenceMs?: number } = {},
): AsyncGenerator<WorkflowEvent> {
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  try {
    while (true) {
      const silence = new Alarm(silenceMs);
      const piece = await Promise.race([reader.read(), silence.rung]);
      silence.cancel();
      if (!piece || piece.done) {
        return;
      }
      const text = decoder.decode(piece.value, { stream: true });
      for (const message of parser.push(text)) {
        const event = parseEvent(message.data);
        if (event) {
          yield event;
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

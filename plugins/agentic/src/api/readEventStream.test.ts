import { anEvent } from '../__fixtures__/sampleDomain';
import { readEventStream } from './readEventStream';

describe('readEventStream', () => {
  it('gives up a stream that falls silent and lets go of it', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const text = `data: ${JSON.stringify(anEvent({ seq: 1 }))}\n\n`;
        controller.enqueue(new TextEncoder().encode(text));
      },
      cancel() {
        cancelled = true;
      },
    });
    const seen: number[] = [];
    for await (const event of readEventStream(stream, { silenceMs: 20 })) {
      seen.push(event.seq);
    }
    expect(seen).toEqual([1]);
    expect(cancelled).toBe(true);
  });

  it('lets go of the stream when the reader stops early', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const text = `data: ${JSON.stringify(anEvent({ seq: 1 }))}\n\n`;
        controller.enqueue(new TextEncoder().encode(text));
      },
      cancel() {
        cancelled = true;
      },
    });
    for await (const event of readEventStream(stream)) {
      expect(event.seq).toBe(1);
      break;
    }
    expect(cancelled).toBe(true);
  });
});

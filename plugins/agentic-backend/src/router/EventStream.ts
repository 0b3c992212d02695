import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import type { Response } from 'express';
import type { EventReader } from '../service/EventFollower';

const HEARTBEAT_MS = 15_000;
/** A stream ends after this long, so that an expired token or a lost permission is noticed: the browser comes back. */
const MAX_STREAM_MS = 10 * 60_000;
/** What a reader may leave lying here. One that takes no more for so long is cut off, and comes back with the last id it saw. */
const MAX_WAITING_BYTES = 256 * 1024;
const MAX_WAIT_MS = 30_000;

/** Events to one browser as server-sent events, with a heartbeat, a bound on what waits for it, and an end. */
export class EventStream implements EventReader {
  readonly #res: Response;

  constructor(res: Response) {
    this.#res = res;
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    });
    res.write('retry: 2000\n\n');
    const heartbeat = setInterval(
      () => this.#write(': still here\n\n'),
      HEARTBEAT_MS,
    );
    // Those that came together do not all come back together.
    const end = setTimeout(
      () => this.end(),
      MAX_STREAM_MS * (1 - Math.random() / 5),
    );
    res.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(end);
    });
  }

  take(events: readonly WorkflowEvent[]): void {
    this.#write(events.map(toFrame).join(''));
  }

  async drained(): Promise<void> {
    const res = this.#res;
    if (!res.writableNeedDrain || res.destroyed) return;
    await new Promise<void>(resolve => {
      const late = setTimeout(() => res.destroy(), MAX_WAIT_MS);
      const done = () => {
        clearTimeout(late);
        res.off('drain', done);
        res.off('close', done);
        resolve();
      };
      res.on('drain', done);
      res.on('close', done);
    });
  }

  end(): void {
    const res = this.#res;
    res.end();
    const late = setTimeout(() => res.destroy(), MAX_WAIT_MS);
    res.on('close', () => clearTimeout(late));
  }

  #write(text: string): void {
    const res = this.#res;
    if (res.writableEnded || res.destroyed) return;
    // Looked at before writing: one large page of a long history is no sign of a slow reader.
    if (res.writableLength > MAX_WAITING_BYTES) res.destroy();
    else res.write(text);
  }
}

const frames = new WeakMap<WorkflowEvent, string>();

/** The event as it is sent, made once for all who are given the same one. */
function toFrame(event: WorkflowEvent): string {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const frame = `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(
    event,
  )}\n\n`;
  frames.set(event, frame);
  return frame;
}

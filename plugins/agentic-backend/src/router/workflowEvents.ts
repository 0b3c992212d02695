import {
  TERMINAL_PHASES,
  type WorkflowEvent,
} from '@agentic-backstage/plugin-agentic-common';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { readEvents } from '../database/EventLog';
import type { WorkflowRow } from '../database/tables';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

const POLL_MS = 1000;
const HEARTBEAT_MS = 15_000;
const PAGE = 200;
/** A stream ends after this long, so that an expired token or a lost permission is noticed: the browser comes back. */
const MAX_STREAM_MS = 10 * 60_000;

/** The largest number the database keeps in `seq`. */
const MAX_SEQ = 2_147_483_647;

const EventsQuery = z
  .object({
    after: wholeNumber({ min: 0, max: MAX_SEQ }),
    limit: wholeNumber({ min: 1, max: 1000 }),
  })
  .partial()
  .strict();

/**
 * `/workflows/:id/events`: the history as JSON, or as server-sent events when the client accepts
 * them. A stream resumes after `Last-Event-ID`, and ends when the client goes or the
 * workflow is at its end.
 */
export function addWorkflowEventRoutes(
  router: Router,
  options: {
    access: Access;
    readable: Readable;
    database: AgenticDatabase;
    /** Takes one of the reader's event streams and answers how to give it back. Throws when all are open. */
    takeSlot: (req: Request) => Promise<() => void>;
  },
): void {
  const { access, readable, database, takeSlot } = options;

  router.get('/workflows/:id/events', async (req, res) => {
    const credentials = await access.credentials(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    const query = parseOrRefuse(EventsQuery, req.query, 'query');
    const lastSeen = Number(req.header('last-event-id'));
    const after =
      query.after ??
      (Number.isInteger(lastSeen) && lastSeen > 0 && lastSeen <= MAX_SEQ
        ? lastSeen
        : 0);
    if (req.accepts(['json', 'text/event-stream']) !== 'text/event-stream') {
      const items = await readEvents(database.knex, row.id, {
        after,
        limit: query.limit ?? PAGE,
      });
      res.json({ items });
      return;
    }
    const giveBack = await takeSlot(req);
    res.on('close', giveBack);
    stream(res, database, row.id, after);
  });
}

function stream(
  res: Response,
  database: AgenticDatabase,
  workflowId: string,
  after: number,
): void {
  let seen = after;
  let busy = false;
  let again = false;
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  res.write('retry: 2000\n\n');

  const send = async (): Promise<void> => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      do {
        again = false;
        const events = await readEvents(database.knex, workflowId, {
          after: seen,
          limit: PAGE,
        });
        events.forEach(event => res.write(toFrame(event)));
        seen = events[events.length - 1]?.seq ?? seen;
        again ||= events.length === PAGE;
        if (!again && (await isOver(database, workflowId, seen))) {
          // Nothing more will come; a browser has few connections, and this one is needed elsewhere.
          res.end();
        }
      } while (again && !res.writableEnded);
    } catch {
      // The database is away: the stream ends, and the client comes back with the last id it saw.
      res.end();
    } finally {
      busy = false;
    }
  };

  const stopListening = database.onEvents(id => {
    if (id === workflowId) send();
  });
  const poll = setInterval(send, POLL_MS);
  const heartbeat = setInterval(
    () => res.write(': still here\n\n'),
    HEARTBEAT_MS,
  );
  const end = setTimeout(() => res.end(), MAX_STREAM_MS);
  res.on('close', () => {
    stopListening();
    clearInterval(poll);
    clearInterval(heartbeat);
    clearTimeout(end);
  });
  send();
}

async function isOver(
  database: AgenticDatabase,
  workflowId: string,
  seen: number,
): Promise<boolean> {
  const row = await database
    .knex<WorkflowRow>('workflows')
    .where('id', workflowId)
    .first('phase', 'last_event_seq');
  return (
    row === undefined ||
    (TERMINAL_PHASES.includes(row.phase) && seen >= row.last_event_seq)
  );
}

function toFrame(event: WorkflowEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(
    event,
  )}\n\n`;
}

import type { Request, Router } from 'express';
import { z } from 'zod';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { readEvents } from '../database/EventLog';
import { EventFollower } from '../service/EventFollower';
import type { Access } from './access';
import { EventStream } from './EventStream';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

const PAGE = 200;

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
  const follower = new EventFollower(database);

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
    if (res.closed) {
      giveBack();
      return;
    }
    res.on('close', giveBack);
    const stop = follower.follow(row.id, after, new EventStream(res));
    res.on('close', stop);
  });
}

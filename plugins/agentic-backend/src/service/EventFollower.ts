import {
  TERMINAL_PHASES,
  type WorkflowEvent,
} from '@agentic-backstage/plugin-agentic-common';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { readEvents } from '../database/EventLog';
import type { WorkflowRow } from '../database/tables';

/** How often a replica looks for what others have committed. Its own commits are announced at once. */
const POLL_MS = 400;
const PAGE = 200;
/** Fewer than SQLite takes as values of one statement. */
const IDS_AT_ONCE = 500;

/** Somebody who wants the events of a workflow, each once and in order. */
export interface EventReader {
  /** Takes events that follow those it was given before. */
  take(events: readonly WorkflowEvent[]): void;
  /** Resolves once what was given has left this process, or the reader is gone. */
  drained(): Promise<void>;
  /** Nothing more will come, or what there is cannot be read now. */
  end(): void;
}

interface Followed {
  readonly reader: EventReader;
  seen: number;
  /** Has caught up, and is given what is new together with the others. */
  live: boolean;
}

interface Topic {
  readonly followers: Set<Followed>;
  busy: boolean;
  again: boolean;
}

type Position = Pick<WorkflowRow, 'id' | 'phase' | 'last_event_seq'>;

/**
 * Follows, for all readers of this replica together, the workflows that anybody reads: one look for
 * all of them every {@link POLL_MS}, one reading of what is new in a workflow however many wait for
 * it. Costs nothing while nobody reads.
 */
export class EventFollower {
  readonly #database: AgenticDatabase;
  readonly #topics = new Map<string, Topic>();
  #timer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;

  constructor(database: AgenticDatabase) {
    this.#database = database;
  }

  /** Gives a reader what follows `after`, now and from now on. Answers how to stop. */
  follow(workflowId: string, after: number, reader: EventReader): () => void {
    const topic = this.#topicOf(workflowId);
    const followed = { reader, seen: after, live: false };
    topic.followers.add(followed);
    this.#catchUp(workflowId, topic, followed).catch(() =>
      this.#end(workflowId, followed),
    );
    return () => this.#forget(workflowId, followed);
  }

  #topicOf(workflowId: string): Topic {
    const known = this.#topics.get(workflowId);
    if (known) return known;
    const topic = { followers: new Set<Followed>(), busy: false, again: false };
    this.#topics.set(workflowId, topic);
    if (this.#topics.size === 1) {
      this.#stopListening = this.#database.onEvents(id => this.#moved(id));
      this.#schedule();
    }
    return topic;
  }

  #forget(workflowId: string, followed: Followed): void {
    const topic = this.#topics.get(workflowId);
    if (!topic?.followers.delete(followed) || topic.followers.size > 0) return;
    this.#topics.delete(workflowId);
    if (this.#topics.size === 0) {
      clearTimeout(this.#timer);
      this.#stopListening?.();
    }
  }

  #end(workflowId: string, followed: Followed): void {
    this.#forget(workflowId, followed);
    followed.reader.end();
  }

  /** Page by page, as fast as the reader takes them; then it is one of those that are live. */
  async #catchUp(
    workflowId: string,
    topic: Topic,
    followed: Followed,
  ): Promise<void> {
    while (topic.followers.has(followed)) {
      const events = await readEvents(this.#database.knex, workflowId, {
        after: followed.seen,
        limit: PAGE,
      });
      this.#give(followed, events);
      if (events.length < PAGE) break;
      await followed.reader.drained();
    }
    followed.live = true;
    // What was committed since the last page, or that there is nothing more to come.
    this.#moved(workflowId);
  }

  #give(followed: Followed, events: readonly WorkflowEvent[]): void {
    const fresh = events.filter(({ seq }) => seq > followed.seen);
    if (fresh.length === 0) return;
    followed.seen = fresh[fresh.length - 1].seq;
    followed.reader.take(fresh);
  }

  #moved(workflowId: string): void {
    const topic = this.#topics.get(workflowId);
    if (!topic) return;
    if (topic.busy) {
      topic.again = true;
      return;
    }
    topic.busy = true;
    this.#tell(workflowId, topic)
      // The database is away: the next look finds what is new.
      .catch(() => undefined)
      .finally(() => {
        topic.busy = false;
        if (topic.again) {
          topic.again = false;
          this.#moved(workflowId);
        }
      });
  }

  async #tell(workflowId: string, topic: Topic): Promise<void> {
    // Read before the events: whatever it says is over has all its events by then.
    const [position] = await this.#positions([workflowId]);
    for (;;) {
      const live = liveOf(topic);
      if (live.length === 0) return;
      const events = await readEvents(this.#database.knex, workflowId, {
        after: leastSeen(live),
        limit: PAGE,
      });
      live.forEach(followed => this.#give(followed, events));
      if (events.length < PAGE) break;
    }
    for (const followed of liveOf(topic)) {
      if (isOver(position, followed.seen)) this.#end(workflowId, followed);
    }
  }

  #schedule(): void {
    // A look may be under way that schedules too, when the last reader has gone and another come.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#look()
        .catch(() => undefined)
        .finally(() => {
          if (this.#topics.size > 0) this.#schedule();
        });
    }, POLL_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const ids = [...this.#topics.keys()];
    const positions = new Map(
      (await this.#positions(ids)).map(position => [position.id, position]),
    );
    for (const id of ids) {
      const topic = this.#topics.get(id);
      const live = topic ? liveOf(topic) : [];
      const seen = leastSeen(live);
      const position = positions.get(id);
      if (
        live.length > 0 &&
        (isOver(position, seen) || position!.last_event_seq > seen)
      ) {
        this.#moved(id);
      }
    }
  }

  async #positions(ids: readonly string[]): Promise<Position[]> {
    const found: Position[] = [];
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      found.push(
        ...(await this.#database
          .knex<WorkflowRow>('workflows')
          .whereIn('id', ids.slice(start, start + IDS_AT_ONCE))
          .select('id', 'phase', 'last_event_seq')),
      );
    }
    return found;
  }
}

function liveOf({ followers }: Topic): Followed[] {
  return [...followers].filter(({ live }) => live);
}

function leastSeen(followers: readonly Followed[]): number {
  return followers.reduce((least, { seen }) => Math.min(least, seen), Infinity);
}

/** Whether nothing more will come: the workflow is gone, or at its end and all of it has been seen. */
function isOver(position: Position | undefined, seen: number): boolean {
  return (
    position === undefined ||
    (TERMINAL_PHASES.includes(position.phase) &&
      seen >= position.last_event_seq)
  );
}

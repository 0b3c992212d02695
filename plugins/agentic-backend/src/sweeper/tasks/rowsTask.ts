import type {
  SweepCandidate,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';

const DAY_MS = 24 * 3_600_000;

/** Midnight (UTC) so many days ago: a report that is run some minutes later means the same rows. */
export function midnightBefore(now: Date, days: number): Date {
  const time = now.getTime() - days * DAY_MS;
  return new Date(time - (time % DAY_MS));
}

/** A sweep task over rows that are all alike and older than a day: one item for all of them. */
export function rowsTask(options: {
  id: string;
  title: string;
  reason: string;
  days: number;
  count(before: string): Promise<number>;
  /** Deletes them and answers how many are left. */
  remove(before: string): Promise<number>;
}): SweepTask {
  const { id, title, reason, days, count, remove } = options;
  const beforeOf = ({ now }: SweepContext): string =>
    midnightBefore(now, days).toISOString();
  return {
    id,
    title,
    class: 'rows',
    async find(context) {
      const before = beforeOf(context);
      const found = await count(before);
      const candidate: SweepCandidate = {
        id: before,
        title: `${found} ${title.toLowerCase()}`,
        reason: `${reason} before ${before}`,
        action: 'deleted',
        belongsTo: {},
      };
      return found > 0 ? [candidate] : [];
    },
    async remove(candidate) {
      const left = await remove(candidate.id);
      return {
        state: left === 0 ? 'absent' : 'unknown',
        evidence: `${left} are left`,
        observedAt: new Date().toISOString(),
      };
    },
  };
}

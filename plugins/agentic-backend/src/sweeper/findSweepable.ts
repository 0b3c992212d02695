import type {
  SweepClass,
  SweepReport,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import { whyKept, type Living } from './Living';
import type { FoundItem } from './SweepStore';

/** No report is longer: nobody would read it. What is left comes with the next one. */
const MAX_ITEMS = 500;

/** What a look at everything sweepable brought. */
export interface Found {
  readonly items: FoundItem[];
  readonly kept: SweepReport['kept'];
  readonly failures: SweepReport['failures'];
}

/** Asks every task what could go and takes out what belongs to something living. In a fixed order. */
export async function findSweepable(options: {
  tasks: readonly SweepTask[];
  context: SweepContext;
  living: Living;
  /** Classes of things that must say whose they are. */
  owned: readonly SweepClass[];
}): Promise<Found> {
  const { tasks, context, living, owned } = options;
  const found: Found = { items: [], kept: [], failures: [] };
  for (const task of [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    try {
      for (const candidate of await task.find(context)) {
        const { id, title, reason, action, belongsTo } = candidate;
        const why = whyKept(candidate, living, {
          ownerNeeded: owned.includes(task.class),
        });
        if (why) {
          found.kept.push({ task: task.id, id, title, reason: why });
        } else {
          found.items.push({
            task: task.id,
            class: task.class,
            id,
            title,
            reason,
            action,
            belongsTo,
          });
        }
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      found.failures.push({ task: task.id, message });
    }
  }
  if (found.items.length > MAX_ITEMS) {
    found.failures.push({
      task: 'sweeper',
      message: `${found.items.length} things could go; the first ${MAX_ITEMS} are in this report`,
    });
    found.items.length = MAX_ITEMS;
  }
  return found;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowHistory } from './WorkflowHistory.mjs';

/** Longer than this between two steps, and the process is killed in the middle of it as well. */
const LONG = 200;

/**
 * Where to kill, from the history of a workflow that nobody disturbed: right
 * after every commit that added to it, and in the middle of everything that
 * took long.
 */
export function killPointsOf(events) {
  const points = [];
  events.forEach((event, index) => {
    const next = events[index + 1];
    if (!next) {
      return;
    }
    const gap = Date.parse(next.time) - Date.parse(event.time);
    // Lines of the same moment were committed together: there is nothing between them.
    if (gap > 0) {
      points.push({ seq: event.seq, delay: 0 });
    }
    for (const part of gap > 1_000 ? [0.25, 0.5, 0.75] : [0.5]) {
      if (gap > LONG) {
        points.push({ seq: event.seq, delay: Math.round(gap * part) });
      }
    }
  });
  return points;
}

/**
 * Kills the portal once the workflow of the service has come to the point, and
 * answers the last line of its history then; `undefined` when `done` came first.
 */
export async function killAt(portal, serviceName, point, { done, onKill }) {
  const history = new WorkflowHistory(portal.folder);
  try {
    let seen = history.lastStep(serviceName);
    while (seen < point.seq) {
      if (done.aborted) {
        return undefined;
      }
      await sleep(1);
      seen = history.lastStep(serviceName);
    }
    await sleep(point.delay);
    if (done.aborted) {
      return undefined;
    }
    onKill();
    await portal.kill();
    return history.lastStep(serviceName);
  } finally {
    // Before the portal starts again: it has to find the files as a crash leaves them.
    history.close();
  }
}

import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { headerOf } from './Client.mjs';

const OPENED_AT_ONCE = 25;

/** The value that this share of the samples does not exceed. */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[
    Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)
  ];
}

/**
 * Open event streams, as many browsers have them. Each keeps the milliseconds from the moment that
 * an event carries, which lies before its commit, to its arrival, of events that came after `listen`.
 */
export class EventSessions {
  #requests = new Set();
  #agent = new http.Agent({ keepAlive: false, maxSockets: Infinity });
  #since = Infinity;
  /** Milliseconds of every arrival. */
  samples = [];
  /** Arrivals by workflow and number of the event. */
  arrivals = new Map();
  broken = 0;

  get open() {
    return this.#requests.size;
  }

  /** Opens a stream for each workflow that is named, a few at a time. */
  async openAll(url, workflowIds) {
    for (let start = 0; start < workflowIds.length; start += OPENED_AT_ONCE) {
      await Promise.all(
        workflowIds
          .slice(start, start + OPENED_AT_ONCE)
          .map((id, index) => this.#open(url, id, `reader-${start + index}`)),
      );
    }
  }

  /** From now on arrivals count. */
  listen() {
    this.#since = Date.now();
    this.samples = [];
    this.arrivals.clear();
  }

  /** Waits until each of these events has come to this many, or half a minute is over. */
  async settled(wanted) {
    const isIn = ({ key, count }) => (this.arrivals.get(key) ?? 0) >= count;
    for (let tries = 0; tries < 300 && !wanted.every(isIn); tries++) {
      await sleep(100);
    }
    return wanted.filter(each => !isIn(each));
  }

  close() {
    this.#requests.forEach(request => request.destroy());
    this.#requests.clear();
  }

  #open(url, workflowId, person) {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const request = http.get(
        {
          host: hostname,
          port,
          path: `/api/agentic/workflows/${workflowId}/events`,
          agent: this.#agent,
          headers: {
            accept: 'text/event-stream',
            authorization: headerOf(person),
          },
        },
        answer => {
          if (answer.statusCode !== 200) {
            reject(new Error(`A stream was answered ${answer.statusCode}`));
            return;
          }
          this.#requests.add(request);
          let rest = '';
          answer.setEncoding('utf8').on('data', part => {
            const frames = (rest + part).split('\n\n');
            rest = frames.pop();
            frames.forEach(frame => this.#take(workflowId, frame));
          });
          const gone = () => {
            if (this.#requests.delete(request)) {
              this.broken += 1;
            }
          };
          answer.once('close', gone).on('error', gone);
          resolve();
        },
      );
      request.on('error', reject);
    });
  }

  #take(workflowId, frame) {
    const time = /"time":"([^"]+)"/.exec(frame)?.[1];
    const at = time === undefined ? 0 : Date.parse(time);
    if (at >= this.#since) {
      this.samples.push(Date.now() - at);
      const key = `${workflowId}/${/^id: (\d+)/m.exec(frame)?.[1]}`;
      this.arrivals.set(key, (this.arrivals.get(key) ?? 0) + 1);
    }
  }
}

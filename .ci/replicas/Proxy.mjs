import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const CHECK_MS = 250;
const CHECK_TIMEOUT_MS = 3_000;
/** Checks that have to fail one after the other before a replica gets nothing more. */
const FALL = 2;
/** A request for which there is no healthy replica waits for one, not sent to anybody yet. */
const QUEUE_MS = 10_000;
const QUEUE_LOOK_MS = 50;
/** A read that was cut off is asked of another replica; a write is not. */
const READ_TRIES = 3;

/**
 * A load balancer as a portal has one: round robin over the replicas that are healthy. It asks each
 * for its health, and keeps one idle connection open to it, so that it knows at once when the process
 * is gone. A write that was sent to one is never sent to another, whatever became of it.
 */
export class Proxy {
  #upstreams = new Map();
  #next = 0;
  #server;
  #timer;
  #sockets = new Set();
  /** What clients were answered. */
  counts = {
    requests: 0,
    writes: 0,
    failed: 0,
    failedWrites: 0,
    unanswered: [],
  };
  port;

  /** Listens on a free port of the loopback interface. */
  async start() {
    this.#server = http.createServer((req, res) => this.#pass(req, res));
    this.#server.keepAliveTimeout = 60_000;
    // Thousands of event streams are opened at once.
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise(resolve =>
      this.#server.listen(
        { port: 0, host: '127.0.0.1', backlog: 4096 },
        resolve,
      ),
    );
    this.port = this.#server.address().port;
    this.#timer = setInterval(() => this.#check(), CHECK_MS);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Takes a replica in; requests come to it from now on. */
  add(name, port) {
    this.remove(name);
    const upstream = {
      name,
      port,
      healthy: true,
      failures: 0,
      agent: new http.Agent({ keepAlive: true, maxFreeSockets: 64 }),
    };
    upstream.watch = net.connect(port, '127.0.0.1');
    this.#watchFor(upstream, upstream.watch);
    upstream.renewal = setInterval(() => this.#renewWatch(upstream), 20_000);
    this.#upstreams.set(name, upstream);
  }

  /** New requests go to the others; what this one is at goes on. */
  drain(name) {
    const upstream = this.#upstreams.get(name);
    if (upstream) {
      upstream.healthy = false;
      upstream.draining = true;
    }
  }

  remove(name) {
    const upstream = this.#upstreams.get(name);
    if (!upstream) {
      return;
    }
    this.#upstreams.delete(name);
    clearInterval(upstream.renewal);
    upstream.healthy = false;
    upstream.watch.destroy();
    upstream.agent.destroy();
  }

  stop() {
    clearInterval(this.#timer);
    [...this.#upstreams.keys()].forEach(name => this.remove(name));
    this.#sockets.forEach(socket => socket.destroy());
    return new Promise(resolve => this.#server.close(resolve));
  }

  #watchFor(upstream, socket) {
    const gone = () => {
      if (upstream.watch === socket) {
        upstream.gone = true;
        upstream.healthy = false;
      }
    };
    socket.once('close', gone).on('error', gone);
  }

  /** Servers close connections on which nothing is asked; a new one takes over before that. */
  #renewWatch(upstream) {
    const fresh = net.connect(upstream.port, '127.0.0.1', () => {
      const old = upstream.watch;
      upstream.watch = fresh;
      upstream.gone = false;
      old.destroy();
    });
    this.#watchFor(upstream, fresh);
  }

  #check() {
    for (const upstream of this.#upstreams.values()) {
      const failed = () => {
        upstream.failures += 1;
        if (upstream.failures >= FALL) {
          upstream.healthy = false;
        }
      };
      const asked = http.get(
        {
          host: '127.0.0.1',
          port: upstream.port,
          path: '/api/agentic/health',
          agent: upstream.agent,
          timeout: CHECK_TIMEOUT_MS,
        },
        answer => {
          answer.resume();
          if (answer.statusCode !== 200) {
            failed();
          } else {
            upstream.failures = 0;
            upstream.healthy = !upstream.draining;
            if (upstream.gone) {
              this.#renewWatch(upstream);
            }
          }
        },
      );
      asked.on('timeout', () => asked.destroy(new Error('too late')));
      asked.on('error', failed);
    }
  }

  async #choose() {
    const deadline = Date.now() + QUEUE_MS;
    for (;;) {
      const healthy = [...this.#upstreams.values()].filter(
        each => each.healthy,
      );
      this.#next += 1;
      if (healthy.length > 0 || Date.now() > deadline) {
        return healthy[this.#next % healthy.length];
      }
      await sleep(QUEUE_LOOK_MS);
    }
  }

  async #pass(req, res) {
    const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(req.method);
    this.counts.requests += 1;
    this.counts.writes += isWrite ? 1 : 0;
    const fail = why => {
      this.counts.failed += 1;
      this.counts.failedWrites += isWrite ? 1 : 0;
      this.counts.unanswered.push(`${req.method} ${req.url}: ${why}`);
    };
    let why;
    for (let tries = 0; tries < (isWrite ? 1 : READ_TRIES); tries++) {
      const upstream = await this.#choose();
      why = upstream
        ? await this.#send(upstream, { req, res, isWrite, fail })
        : 'no replica is healthy';
      if (why === undefined || res.destroyed) {
        return;
      }
    }
    fail(why);
    res.writeHead(502, { 'content-type': 'text/plain' }).end(why);
  }

  /** Answers why there was no answer to pass on, or nothing once there is one. */
  #send(upstream, { req, res, isWrite, fail }) {
    const isStream = req.headers.accept === 'text/event-stream';
    return new Promise(resolve => {
      const passed = http.request(
        {
          host: '127.0.0.1',
          port: upstream.port,
          method: req.method,
          path: req.url,
          headers: {
            ...req.headers,
            'x-forwarded-for': req.socket.remoteAddress,
          },
          // A stream keeps its connection to itself.
          agent: isStream ? false : upstream.agent,
        },
        answer => {
          if (answer.statusCode >= 500) {
            fail(`${answer.statusCode} by ${upstream.name}`);
          }
          res.writeHead(answer.statusCode, {
            ...answer.headers,
            'x-replica': upstream.name,
          });
          answer.pipe(res);
          answer.on('error', () => {
            // A stream that breaks off is opened again by the browser, with the last id it saw.
            if (!isStream && !res.writableEnded) {
              fail(`${upstream.name} broke off`);
            }
            res.destroy();
          });
          resolve(undefined);
        },
      );
      passed.on('error', error =>
        resolve(`${upstream.name}: ${error.code ?? error.message}`),
      );
      res.on('close', () => passed.destroy());
      if (isWrite) {
        req.pipe(passed);
      } else {
        passed.end();
      }
    });
  }
}

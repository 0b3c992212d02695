import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import express from 'express';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStream } from './EventStream';

const event = (seq: number): WorkflowEvent => ({
  seq,
  workflowId: 'w1',
  time: '2026-11-21T10:00:00.000Z',
  type: 'log',
  level: 'info',
  message: 'x'.repeat(8000),
});

describe('EventStream', () => {
  let server: Server;
  let socket: Socket;
  let stream: EventStream;
  let response: express.Response;

  beforeEach(async () => {
    const app = express();
    const opened = new Promise<void>(resolve => {
      app.get('/', (_req, res) => {
        response = res;
        stream = new EventStream(res);
        resolve();
      });
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    await opened;
  });
  afterEach(async () => {
    socket.destroy();
    await new Promise(resolve => server.close(resolve));
  });

  it('keeps a bounded amount for a reader who takes nothing, and then lets go of it', async () => {
    socket.pause();
    let most = 0;
    for (let seq = 1; !response.destroyed && seq < 5000; seq++) {
      stream.take([event(seq)]);
      most = Math.max(most, response.writableLength);
      if (seq % 20 === 0) await sleep(1);
    }
    expect(response.destroyed).toBe(true);
    expect(most).toBeLessThan(512 * 1024);
    await stream.drained();
  });

  it('gives a reader who reads a page of any size', async () => {
    let bytes = 0;
    socket.on('data', chunk => {
      bytes += chunk.length;
    });
    const page = Array.from({ length: 200 }, (_, index) => event(index + 1));
    for (let pages = 0; pages < 3; pages++) {
      stream.take(page);
      await stream.drained();
    }
    stream.end();
    await new Promise(resolve => socket.once('end', resolve));
    expect(bytes).toBeGreaterThan(3 * 200 * 8000);
  });
});

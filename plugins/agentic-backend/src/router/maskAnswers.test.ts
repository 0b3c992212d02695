import express, { type ErrorRequestHandler } from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretMasks } from '../runtime/redactValues';
import { maskAnswers } from './maskAnswers';

const PASSWORD = 'correct "horse" battery';

describe('maskAnswers', () => {
  let server: Server;
  const masks = new SecretMasks();
  masks.hold(PASSWORD);

  beforeAll(async () => {
    const app = express();
    app.use(maskAnswers(masks));
    app.get('/json', (_req, res) => {
      res.json({ a: [{ [PASSWORD]: PASSWORD }], n: 1 });
    });
    app.get('/send', (_req, res) => {
      res.send(`it is ${PASSWORD}`);
    });
    app.get('/object', (_req, res) => {
      res.send({ it: PASSWORD });
    });
    app.get('/end', (_req, res) => {
      res.end(PASSWORD);
    });
    app.get('/stream', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write(`data: ${JSON.stringify({ it: PASSWORD })}\n\n`);
      res.write('data: other\n\n');
      res.end();
    });
    app.get('/bytes', (_req, res) => {
      res.send(Buffer.from([0, 255, 1]));
    });
    app.get('/error', () => {
      throw new Error(`no: ${PASSWORD}`);
    });
    const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(500).json({ error: { message: error.message } });
    };
    app.use(answerError);
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', () => resolve());
    });
  });
  afterAll(
    () =>
      new Promise(resolve => {
        server.close(resolve);
      }),
  );

  const get = async (path: string) => {
    const { port } = server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}${path}`);
  };

  it.each([
    ['/json', '{"a":[{"[secret]":"[secret]"}],"n":1}'],
    ['/send', 'it is [secret]'],
    ['/object', '{"it":"[secret]"}'],
    ['/end', '[secret]'],
    ['/stream', 'data: {"it":"[secret]"}\n\ndata: other\n\n'],
    ['/error', '{"error":{"message":"no: [secret]"}}'],
  ])('%s', async (path, body) => {
    const response = await get(path);
    expect(await response.text()).toBe(body);
  });

  it('leaves bytes as they are', async () => {
    const response = await get('/bytes');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([
      0, 255, 1,
    ]);
  });
});

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpLook } from './httpLook';

describe('httpLook', () => {
  let server: Server;

  async function serve(listener: RequestListener): Promise<number> {
    server = createServer(listener);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('answers status, body and latency', async () => {
    const port = await serve((request, response) => {
      response.statusCode = 418;
      response.end(request.url);
    });
    expect(await httpLook(port, '/a')).toEqual({
      statusCode: 418,
      body: '/a',
      latencyMs: expect.any(Number),
    });
  });

  it.each<[string, RequestListener, RegExp]>([
    ['never answers', () => undefined, /no answer within 0.3 s/],
    [
      'sends a byte now and then',
      (_, response) => {
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
      /no answer within 0.3 s/,
    ],
    [
      'sends too much',
      (_, response) => response.end('x'.repeat(70_000)),
      /more than 65536 bytes/,
    ],
  ])('gives up on a service that %s', async (_, listener, message) => {
    const port = await serve(listener);
    await expect(httpLook(port, '/', 300)).rejects.toThrow(message);
  });

  it('follows no redirects', async () => {
    const port = await serve((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    expect(await httpLook(port, '/')).toMatchObject({ statusCode: 302 });
  });
});

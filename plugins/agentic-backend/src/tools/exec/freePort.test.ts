import { createServer, type Server } from 'node:net';
import { becomesFree, findFreePort, isPortFree } from './freePort';

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        server,
        port: typeof address === 'object' && address ? address.port : 0,
      });
    });
  });
}

describe('ports', () => {
  let held: Awaited<ReturnType<typeof listen>>;

  beforeEach(async () => {
    held = await listen();
  });

  afterEach(() => {
    held.server.close();
  });

  it('sees that a port is held, and that it is not', async () => {
    expect(await isPortFree(held.port)).toBe(false);
    await new Promise(resolve => held.server.close(resolve));
    expect(await isPortFree(held.port)).toBe(true);
  });

  it('waits for a port whose holder is about to let go', async () => {
    const waiting = becomesFree(held.port, 30_000);
    await new Promise(resolve => setTimeout(resolve, 120));
    held.server.close();
    expect(await waiting).toBe(true);
  });

  it('does not wait longer than asked for a port that stays held', async () => {
    expect(await becomesFree(held.port, 100)).toBe(false);
  });

  it('passes over a held port, and says so when all are held', async () => {
    const { port } = held;
    await expect(findFreePort({ from: port, to: port })).rejects.toThrow(
      `No port between ${port} and ${port} is free`,
    );
    expect(
      await findFreePort({ wanted: [port], from: port, to: port + 20 }),
    ).toBeGreaterThan(port);
  });
});

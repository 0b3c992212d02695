import { ConfigReader } from '@backstage/config';
import { readEngineConfig } from './engineConfig';

const read = (engine: object) =>
  readEngineConfig(new ConfigReader({ agentic: { engine } } as never));

describe('readEngineConfig', () => {
  it('follows the plugin when nothing is said', () => {
    expect(readEngineConfig(new ConfigReader({}))).toEqual({
      kind: undefined,
      schema: 'agentic_engine',
      maxConnections: 12,
      connection: undefined,
    });
  });

  it('takes another connection as a string or in parts', () => {
    expect(read({ connection: 'postgresql://db:5432/portal' })).toMatchObject({
      connection: { connectionString: 'postgresql://db:5432/portal' },
    });
    expect(
      read({ connection: { host: 'db', port: 5432 }, maxConnections: 6 }),
    ).toMatchObject({
      connection: { host: 'db', port: 5432 },
      maxConnections: 6,
    });
  });

  it.each([
    [{ kind: 'redis' }, "agentic.engine.kind is 'redis'"],
    [{ maxConnections: 3 }, 'agentic.engine.maxConnections is 3'],
    [{ maxConnections: 6.5 }, 'agentic.engine.maxConnections is 6.5'],
  ])('refuses %j', (engine, message) => {
    expect(() => read(engine)).toThrow(message);
  });
});

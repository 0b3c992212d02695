import createKnex from 'knex';
import { pluginConnection, pluginRole, pluginSchema } from './pluginConnection';

describe('pluginConnection', () => {
  it('has the password, which Knex keeps from being seen', () => {
    const knex = createKnex({
      client: 'pg',
      connection: { host: 'db', user: 'portal', password: 'letmein' },
    });
    expect(pluginConnection(knex)).toEqual({
      host: 'db',
      user: 'portal',
      password: 'letmein',
    });
  });

  it('asks for the password again when it has expired, and only then', async () => {
    let given = 0;
    let expired = false;
    const knex = createKnex({
      client: 'pg',
      connection: async () => ({
        host: 'db',
        password: `token ${++given}`,
        expirationChecker: () => expired,
      }),
    });
    const { password } = pluginConnection(
      Object.assign(knex, {
        client: Object.assign(knex.client, {
          connectionSettings: { host: 'db', password: 'old' },
        }),
      }),
    );
    const ask = password as () => Promise<string>;
    expect([await ask(), await ask()]).toEqual(['token 1', 'token 1']);
    expired = true;
    expect(await ask()).toBe('token 2');
  });

  it('asks each time where nothing says how long it holds, and again after a failure', async () => {
    let asked = 0;
    const knex = createKnex({
      client: 'pg',
      connection: async () => {
        asked += 1;
        if (asked === 2) throw new Error('no token today');
        return { password: `token ${asked}` };
      },
    });
    knex.client.connectionSettings = {};
    const ask = pluginConnection(knex).password as () => Promise<string>;
    expect(await ask()).toBe('token 1');
    await expect(ask()).rejects.toThrow('no token today');
    expect(await ask()).toBe('token 3');
  });

  it('knows schema and role', () => {
    const plain = createKnex({ client: 'pg', connection: {} });
    expect([pluginSchema(plain), pluginRole(plain)]).toEqual([
      'public',
      undefined,
    ]);
    const divided = createKnex({
      client: 'pg',
      connection: {},
      searchPath: ['agentic'],
      ...{ role: 'portal' },
    });
    expect([pluginSchema(divided), pluginRole(divided)]).toEqual([
      'agentic',
      'portal',
    ]);
  });
});

import { DatabaseManager } from '@backstage/backend-defaults/database';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import createKnex, { type Knex } from 'knex';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import {
  createTestPostgres,
  type TestPostgres,
} from '../__testUtils__/postgresServer';
import { quietLogger } from '../__testUtils__/quietServices';
import {
  DIAMOND,
  SampleWorld,
  type SampleTask,
} from '../__testUtils__/sampleWorld';
import {
  pgBouncerIsThere,
  startPgBouncer,
} from '../__testUtils__/startPgBouncer';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { readEngineConfig } from '../engine';
import { chooseEngine } from './chooseEngine';

const server = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const caFile = process.env.AGENTIC_TEST_POSTGRES_CA ?? '';
// In the checks everything is there, and what is not is a failure; elsewhere each part may be missing.
const strict = Boolean(process.env.AGENTIC_TEST_ONLY_POSTGRES);
const describeIf = (there: boolean) => (there ? describe : describe.skip);
const POLLS = expect.stringContaining('looking for mail every 1000 ms');
jest.setTimeout(120_000);

describeIf(Boolean(server))('databases as they are, on PostgreSQL', () => {
  let postgres: TestPostgres;
  const opened: Array<() => Promise<unknown>> = [];
  let tasks: SampleTask[];
  let logger: ReturnType<typeof mockServices.logger.mock>;

  beforeEach(async () => {
    logger = mockServices.logger.mock();
    tasks = [...DIAMOND];
    postgres = await createTestPostgres(server);
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
    await postgres.drop();
  });

  /** The plugin's database as Backstage gives it for these settings. */
  async function backstageKnex(database: object): Promise<Knex> {
    const config = new ConfigReader({
      backend: { database: { client: 'pg', ...database } },
    } as never);
    const service = DatabaseManager.fromConfig(config).forPlugin('agentic', {
      logger: quietLogger,
      lifecycle: mockServices.lifecycle.mock(),
    });
    const knex = await service.getClient();
    opened.push(() => knex.destroy());
    return knex;
  }

  async function hostOn(knex: Knex, engine: object = {}): Promise<TestHost> {
    const database = await AgenticDatabase.create({
      getClient: async () => knex,
    });
    const dataDir = mkdtempSync(path.join(tmpdir(), 'agentic-databases-'));
    const host = await createTestHost({
      knex,
      world: new SampleWorld(dataDir),
      tasks,
      engine: chooseEngine(
        {
          dataDir,
          engine: readEngineConfig(
            new ConfigReader({ agentic: { engine } } as never),
          ),
        },
        database,
        logger,
      ),
    });
    opened.push(() => host.shutdown());
    return host;
  }

  async function carries(host: TestHost, ...names: string[]) {
    const ids = [];
    for (const name of names) {
      // Things of its own for each, which the others do not take for theirs.
      tasks[2] = { ...DIAMOND[2], makes: [`repo-${name}`, `process-${name}`] };
      ids.push(await host.create({ serviceName: name }));
    }
    await Promise.all(
      ids.map(async id => {
        await host.reaches(id, 'awaiting_approval', 60_000);
        await host.approve(id);
        await host.reaches(id, 'completed', 60_000);
      }),
    );
  }

  const schemasInUse = async () =>
    (
      await postgres.admin(
        `select distinct schemaname from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema')
          order by schemaname`,
      )
    ).map(row => row.schemaname);

  it('works in schemas that somebody else made, without the right to make any', async () => {
    for (const schema of ['agentic', 'agentic_engine']) {
      await postgres.admin(
        `create schema ${schema} authorization ${postgres.role}`,
      );
    }
    const knex = await backstageKnex({
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: false,
      connection: postgres.connection,
    });
    await expect(knex.raw('create database another')).rejects.toThrow(
      'permission denied',
    );
    await carries(await hostOn(knex), 'orders');
    expect(await schemasInUse()).toEqual(['agentic', 'agentic_engine']);
  });

  it('makes its schemas where it may, and takes the role that Backstage takes', async () => {
    await postgres.admin(`create role ${postgres.role}_owner nologin`);
    opened.push(() =>
      postgres.admin(
        `reassign owned by ${postgres.role}_owner to current_user;
         drop owned by ${postgres.role}_owner;
         drop role ${postgres.role}_owner`,
      ),
    );
    await postgres.admin(
      `alter role ${postgres.role} noinherit;
       grant ${postgres.role}_owner to ${postgres.role};
       grant create on database ${postgres.database} to ${postgres.role}_owner;
       grant create on database ${postgres.database} to ${postgres.role}`,
    );
    const knex = await backstageKnex({
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: true,
      role: `${postgres.role}_owner`,
      connection: postgres.connection,
    });
    await carries(await hostOn(knex), 'orders');
    const owners = await postgres.admin(
      `select distinct tableowner from pg_tables
        where schemaname in ('agentic', 'agentic_engine')`,
    );
    expect(owners).toEqual([{ tableowner: `${postgres.role}_owner` }]);
  });

  it('refuses to put the tables of the engine among its own', async () => {
    await postgres.admin(
      `grant create on database ${postgres.database} to ${postgres.role}`,
    );
    const knex = await backstageKnex({
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: true,
      connection: postgres.connection,
    });
    await expect(hostOn(knex, { schema: 'agentic' })).rejects.toThrow(
      "agentic.engine.schema is 'agentic', where the plugin's own tables are",
    );
  });

  describeIf(Boolean(caFile) || strict)('over TLS', () => {
    const ssl = (ca?: string) => ({
      ...postgres.connection,
      ssl: { ca, rejectUnauthorized: true },
    });

    it('trusts the certificate authority it was given, with every connection', async () => {
      await postgres.admin(
        `grant create on database ${postgres.database} to ${postgres.role};
         grant create on schema public to ${postgres.role}`,
      );
      const knex = await backstageKnex({
        pluginDivisionMode: 'schema',
        ensureExists: false,
        ensureSchemaExists: true,
        connection: ssl(readFileSync(caFile, 'utf8')),
      });
      await carries(await hostOn(knex), 'orders');
      const connections = await postgres.admin(
        `select distinct application_name, ssl
           from pg_stat_activity join pg_stat_ssl using (pid)
          where usename = '${postgres.role}' and application_name <> ''
          order by 1`,
      );
      expect(connections).toEqual([
        { application_name: 'agentic-engine', ssl: true },
        { application_name: 'backstage_plugin_agentic', ssl: true },
      ]);
    });

    it('refuses a server whose certificate it cannot trust', async () => {
      const knex = await backstageKnex({
        pluginDivisionMode: 'schema',
        ensureExists: false,
        ensureSchemaExists: false,
        connection: ssl(),
      });
      await expect(hostOn(knex)).rejects.toThrow(/certificate/);
    });
  });

  describeIf(pgBouncerIsThere || strict)(
    'behind PgBouncer in transaction mode',
    () => {
      const throughBouncer = async () => {
        const bouncer = await startPgBouncer(postgres.url);
        opened.push(() => bouncer.stop());
        return bouncer.through(postgres.url);
      };
      const ownDatabase = async (connection: string) => {
        await postgres.admin(
          `grant create on database ${postgres.database} to ${postgres.role};
         grant create on schema public to ${postgres.role}`,
        );
        return backstageKnex({
          ensureExists: false,
          connection: {},
          plugin: { agentic: { connection } },
        });
      };

      it('carries workflows, without notifications and settings of sessions', async () => {
        const host = await hostOn(await ownDatabase(await throughBouncer()));
        await carries(host, 'orders', 'users', 'carts');
        expect(logger.info).toHaveBeenCalledWith(POLLS);
      });

      it('lets many start together on an empty database', async () => {
        const url = await throughBouncer();
        const many: Knex[] = [];
        for (let replica = 0; replica < 3; replica++) {
          // Rights of one database are granted one after the other.
          many.push(await ownDatabase(url));
        }
        await Promise.all(
          many.map(knex =>
            AgenticDatabase.create({ getClient: async () => knex }),
          ),
        );
        expect(await many[0]('workflows')).toEqual([]);
      });

      it('lets the engine go around it', async () => {
        const host = await hostOn(await ownDatabase(await throughBouncer()), {
          connection: postgres.url,
        });
        await carries(host, 'orders');
        expect(logger.info).not.toHaveBeenCalledWith(POLLS);
      });

      it('refuses the mode of schemas, whose search path would not hold', async () => {
        await postgres.admin(
          `create schema agentic authorization ${postgres.role}`,
        );
        const knex = await backstageKnex({
          pluginDivisionMode: 'schema',
          ensureExists: false,
          connection: await throughBouncer(),
        });
        await expect(hostOn(knex)).rejects.toThrow(
          'does not keep its search_path (a transaction pooler?)',
        );
        expect(await schemasInUse()).toEqual([]);
      });
    },
  );

  it('uses no more connections than it says', async () => {
    await postgres.admin(
      `grant create on database ${postgres.database} to ${postgres.role}`,
    );
    const knex = await backstageKnex({
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: true,
      knexConfig: { pool: { max: 4 } },
      connection: postgres.connection,
    });
    const most = new Map<string, number>();
    let watching = true;
    const watch = (async () => {
      const observer = createKnex({ client: 'pg', connection: server });
      while (watching) {
        const names: string[] = await observer('pg_stat_activity')
          .where('usename', postgres.role)
          .pluck('application_name');
        for (const name of names) {
          const now = names.filter(each => each === name).length;
          most.set(name, Math.max(most.get(name) ?? 0, now));
        }
        await sleep(10);
      }
      await observer.destroy();
    })();
    const host = await hostOn(knex, { maxConnections: 6 });
    await carries(
      host,
      ...Array.from({ length: 8 }, (_, index) => `service-${index}`),
    );
    watching = false;
    await watch;
    expect(most.get('agentic-engine')).toBeGreaterThan(2);
    expect(most.get('agentic-engine')).toBeLessThanOrEqual(6);
    expect(most.get('backstage_plugin_agentic')).toBeLessThanOrEqual(4);
    // Backstage's own, to make the schema; it goes after ten seconds.
    expect(most.get('') ?? 0).toBeLessThanOrEqual(1);
  });

  it('goes on with a new password after the old one has expired', async () => {
    await postgres.admin(
      `grant create on database ${postgres.database} to ${postgres.role};
       grant create on schema public to ${postgres.role}`,
    );
    let password = postgres.password;
    // As Backstage's connections to RDS and Azure are made.
    const knex = createKnex({
      client: 'pg',
      connection: async () => {
        const given = password;
        return {
          ...postgres.connection,
          password: given,
          expirationChecker: () => given !== password,
        };
      },
    });
    opened.push(() => knex.destroy());
    const host = await hostOn(knex);
    await carries(host, 'before');

    password = 'another-one';
    await postgres.admin(`alter role ${postgres.role} password 'another-one'`);
    await postgres.admin(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where usename = '${postgres.role}'`,
    );
    await carries(host, 'after');
    expect(await knex('workflows').pluck('phase')).toEqual([
      'completed',
      'completed',
    ]);
  });

  it('is brought up to date once by many who start together', async () => {
    await postgres.admin(`grant create on schema public to ${postgres.role}`);
    const many = Array.from({ length: 6 }, () => {
      const knex = createKnex({
        client: 'pg',
        connection: postgres.connection,
      });
      opened.push(() => knex.destroy());
      return AgenticDatabase.create({ getClient: async () => knex });
    });
    const [{ knex }] = await Promise.all(many);
    expect(await knex('workflows')).toEqual([]);
  });
});

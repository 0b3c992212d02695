import createKnex, { type Knex } from 'knex';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleProgram } from '../__testUtils__/bundleProgram';
import {
  createTestPostgres,
  type TestPostgres,
} from '../__testUtils__/postgresServer';
import { PortalProcess } from './__testUtils__/PortalProcess';
import type { PortalOptions } from './__testUtils__/portalProgram';
import { checkOutPreviousVersion } from './__testUtils__/previousVersion';

const count = Number(
  process.env.AGENTIC_UPGRADE_WORKFLOWS ??
    (process.env.AGENTIC_TEST_FULL ? 50 : 0),
);
const server = process.env.AGENTIC_TEST_POSTGRES_URL ?? '';
const MIGRATIONS = path.resolve(__dirname, '../../migrations');
const EVERY = ['SQLite and PGlite', ...(server ? ['PostgreSQL'] : [])];
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `service-${from + index}`);
jest.setTimeout(900_000);

// A step of its own: processes of two versions take their time.
(count > 0 ? describe : describe.skip).each(EVERY)(
  'an upgrade with workflows that wait for approval, on %s',
  database => {
    let folder: string;
    let postgres: TestPostgres | undefined;
    let before: { bundle: string; migrations: string };
    let now: { bundle: string; migrations: string };
    const running = new Set<PortalProcess>();

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'agentic-upgrade-'));
      mkdirSync(path.join(folder, 'world'));
      if (database === 'PostgreSQL') {
        postgres = await createTestPostgres(server);
        await postgres.admin(
          `grant create on schema public to ${postgres.role};
           grant create on database ${postgres.database} to ${postgres.role}`,
        );
      }
      const { root, program, migrations } = checkOutPreviousVersion();
      before = { bundle: bundleProgram(program, root), migrations };
      now = {
        bundle: bundleProgram(
          path.join(__dirname, '__testUtils__/portalProgram.ts'),
        ),
        migrations: MIGRATIONS,
      };
    });
    afterAll(async () => {
      running.forEach(portal => portal.kill());
      await postgres?.drop();
    });

    async function start(version: typeof now): Promise<PortalProcess> {
      const options: PortalOptions = {
        folder,
        postgres: postgres?.url,
        migrations: version.migrations,
      };
      const portal = await PortalProcess.start(version.bundle, options);
      running.add(portal);
      return portal;
    }

    async function takeBackTo(migrations: string): Promise<void> {
      const knex: Knex = postgres
        ? createKnex({ client: 'pg', connection: postgres.url })
        : createKnex({
            client: 'better-sqlite3',
            connection: { filename: path.join(folder, 'plugin.sqlite') },
            useNullAsDefault: true,
          });
      const known = readdirSync(migrations);
      const later = readdirSync(MIGRATIONS).filter(
        file => !known.includes(file),
      );
      expect(later.length).toBeGreaterThan(0);
      for (const _ of later) {
        await knex.migrate.down({ directory: MIGRATIONS });
      }
      await knex.destroy();
    }

    const made = () =>
      readFileSync(path.join(folder, 'world', 'ledger.txt'), 'utf8')
        .trim()
        .split('\n')
        .sort();
    const expectedOf = (services: readonly string[]) =>
      services
        .flatMap(name => [`made process-${name}`, `made repo-${name}`])
        .sort();

    it('and back again carries each of them to its end, once', async () => {
      const old = await start(before);
      const parked = await old.park(names(0, count));
      let replacement: PortalProcess;
      let own = names(0, count);
      if (postgres) {
        // One replica after the other: both versions work on the new schema.
        replacement = await start(now);
        const late = await old.park(names(count, count + 2));
        own = names(0, count + 2);
        await old.decide([late[0], parked[0]]);
        await replacement.decide([late[1], parked[1]]);
        await old.stop();
      } else {
        await old.stop();
        replacement = await start(now);
        await replacement.decide(parked.slice(0, 2));
      }
      const left = parked.slice(2);
      const kept = Math.max(1, Math.floor(left.length / 5));
      await replacement.decide(left.slice(kept));
      await replacement.stop();

      await takeBackTo(before.migrations);
      const again = await start(before);
      await again.decide(left.slice(0, kept));
      await again.stop();
      expect(made()).toEqual(expectedOf(own));
    });
  },
);

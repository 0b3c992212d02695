import createKnex from 'knex';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createTestHost } from '../../__testUtils__/createTestHost';
import { quietLogger } from '../../__testUtils__/quietServices';
import {
  DIAMOND,
  SampleWorld,
  type SampleTask,
} from '../../__testUtils__/sampleWorld';
import { createWorkflowEngine } from '../../engine';

/** What the parent tells a portal when it starts it. */
export interface PortalOptions {
  readonly folder: string;
  /** A PostgreSQL URL, or SQLite and PGlite in the folder. */
  readonly postgres?: string;
  /** The migrations of this version. */
  readonly migrations: string;
}

/** An order to a portal, one line of JSON each; it is answered by one line. */
export type PortalOrder =
  /** Creates workflows for these services and waits until they wait for an approval. */
  | { readonly park: readonly string[] }
  /** Approves these workflows and waits until they are completed. */
  | { readonly decide: readonly string[] }
  | { readonly stop: true };

// Bundled with the sources of several versions: it uses only what they have in common.
async function main(): Promise<void> {
  const options: PortalOptions = JSON.parse(process.argv[2]);
  const { folder, postgres } = options;
  const knex = postgres
    ? createKnex({ client: 'pg', connection: postgres })
    : createKnex({
        client: 'better-sqlite3',
        connection: { filename: path.join(folder, 'plugin.sqlite') },
        useNullAsDefault: true,
      });
  await knex.migrate.latest({ directory: options.migrations });
  // The host looks for migrations in the installed package, which is another version.
  Object.defineProperty(knex, 'migrate', {
    value: { latest: async () => [] },
  });
  const tasks: SampleTask[] = [...DIAMOND];
  const host = await createTestHost({
    knex,
    world: new SampleWorld(path.join(folder, 'world')),
    tasks,
    engine: postgres
      ? createWorkflowEngine({
          kind: 'postgres',
          logger: quietLogger,
          connection: { connectionString: postgres },
        })
      : createWorkflowEngine({
          kind: 'pglite',
          logger: quietLogger,
          dataFolder: path.join(folder, 'engine'),
        }),
  });
  const carryOut = async (order: PortalOrder): Promise<unknown> => {
    if ('park' in order) {
      const ids: string[] = [];
      for (const name of order.park) {
        tasks[2] = {
          ...DIAMOND[2],
          makes: [`repo-${name}`, `process-${name}`],
        };
        ids.push(await host.create({ serviceName: name }));
      }
      for (const id of ids) {
        await host.reaches(id, 'awaiting_approval', 120_000);
      }
      return ids;
    }
    if ('decide' in order) {
      for (const id of order.decide) await host.approve(id);
      for (const id of order.decide) {
        await host.reaches(id, 'completed', 240_000);
      }
      return order.decide.length;
    }
    await host.shutdown();
    await knex.destroy();
    return 'stopped';
  };
  const say = (line: object) =>
    process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ answer: 'ready' });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say({ answer: await carryOut(JSON.parse(line)) });
    } catch (error) {
      say({ error: error instanceof Error ? error.stack : String(error) });
    }
  }
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});

import type { Knex } from 'knex';
import { AgenticDatabase } from '../../../database/AgenticDatabase';
import { ADA, BEN } from '../../../__testUtils__/createTestHost';
import { checkRecords } from './checkRecords';
import { outside, openCrashableDatabase } from './CrashingKnex';
import { createWitness } from './createWitness';
import { ModelPortal } from './ModelPortal';
import { ModelWorld } from './ModelWorld';
import type { Action, Scenario, Signer } from './Scenario';
import { setLane, tamper } from './tamper';

/** A database for many scenarios, one after the other. */
export class ScenarioBench {
  /** What was looked at so far, to show that the property speaks of something. */
  readonly seen = { executed: 0, confirmed: 0, completed: 0, crashes: 0 };

  private constructor(
    private readonly knex: Knex,
    private readonly database: AgenticDatabase,
    private readonly tables: readonly string[],
  ) {}

  static async open(): Promise<ScenarioBench> {
    const knex = openCrashableDatabase();
    const database = await AgenticDatabase.create({
      getClient: async () => knex,
    });
    const rows = await knex('sqlite_master').where('type', 'table');
    const tables = rows
      .map(row => row.name as string)
      // The change record cannot be emptied; every workflow has a chain of its own.
      .filter(name => !/^(sqlite_|knex_|record_)/.test(name));
    return new ScenarioBench(knex, database, tables);
  }

  async close(): Promise<void> {
    await this.knex.destroy();
  }

  /** Lives through a scenario. Answers everything that happened and must not. */
  async run(scenario: Scenario): Promise<string[]> {
    const { knex, database } = this;
    for (const table of this.tables) await knex(table).delete();
    await setLane(knex, scenario.promoted, 1);
    const violations: string[] = [];
    const world = new ModelWorld(scenario);
    const portal: ModelPortal = new ModelPortal({
      knex,
      database,
      scenario,
      world,
      witness: createWitness({
        knex,
        scenario,
        world: () => world,
        granted: id => portal.granted.get(id),
        surroundings: () => portal,
        violations,
      }),
    });
    if (!(await portal.request())) return violations;
    for (const action of scenario.actions) {
      await this.#act(action, portal, world);
      violations.push(
        ...(await checkRecords({ knex, portal, scenario, world })),
      );
      if (violations.length > 0) break;
    }
    this.seen.executed += world.facts.filter(f => f.did === 'execute').length;
    const [workflow] = await knex('workflows').select('phase');
    this.seen.completed += workflow.phase === 'completed' ? 1 : 0;
    const confirmed = await knex('effects').where('status', 'confirmed');
    this.seen.confirmed += confirmed.length;
    return violations;
  }

  async #act(
    action: Action,
    portal: ModelPortal,
    world: ModelWorld,
  ): Promise<void> {
    const { knex } = this;
    const id = portal.workflowId!;
    const { workflows, killSwitch } = portal.host;
    const by = ADA.userEntityRef;
    switch (action.do) {
      case 'drive':
        return portal.drive();
      case 'sign':
        for (const who of signers(action.who)) {
          await portal.sign(who, action.yes);
        }
        return portal.drive();
      case 'crash at a statement':
        portal.process.dieAfter(action.after);
        this.seen.crashes += 1;
        return portal.drive();
      case 'crash in the tool':
        world.crash = action.when;
        this.seen.crashes += 1;
        return portal.drive();
      case 'tamper now':
        await tamper(action.what, { knex, portal });
        return portal.drive();
      case 'tamper before an effect':
        portal.beforeEffects = () =>
          outside(async () => {
            if (await tamper(action.what, { knex, portal })) {
              portal.beforeEffects = async () => undefined;
            }
          });
        return undefined;
      case 'promote': {
        const [{ last }] = await knex('lane_changes').max({ last: 'seq' });
        await setLane(knex, action.to, Number(last) + 1);
        return portal.drive();
      }
      case 'stop agents':
        await killSwitch.engage({ by, reason: 'model' });
        return undefined;
      case 'start agents':
        await ignoreRefusal(killSwitch.release({ reason: 'model' }, BEN));
        return portal.drive();
      case 'retry':
        await ignoreRefusal(workflows.retry(id, by, { reason: '' }));
        return portal.drive();
      default:
        await ignoreRefusal(workflows[action.do](id, by, ''));
        return action.do === 'pause' ? undefined : portal.drive();
    }
  }
}

function signers(who: Signer): Array<'ada' | 'ben' | 'chiara'> {
  return who === 'everybody who has to' ? ['chiara', 'ben'] : [who];
}

/** What cannot be done now is refused, and that is the right answer. */
async function ignoreRefusal(request: Promise<unknown>): Promise<void> {
  await request.catch(() => undefined);
}

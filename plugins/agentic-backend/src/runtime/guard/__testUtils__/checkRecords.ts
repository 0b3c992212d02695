import type { Knex } from 'knex';
import {
  laneAllows,
  type Lane,
} from '@agentic-backstage/plugin-agentic-common';
import type { ModelPortal } from './ModelPortal';
import type { ModelWorld } from './ModelWorld';
import type { Scenario } from './Scenario';

/** Answers what the product claims that is not so: done without having been seen, or kept waiting for nothing. */
export async function checkRecords(options: {
  knex: Knex;
  portal: ModelPortal;
  scenario: Scenario;
  world: ModelWorld;
}): Promise<string[]> {
  const { knex, portal, scenario, world } = options;
  const wrong: string[] = [];
  const effects = await knex('effects');
  const tasks = await knex('tasks');
  const [workflow] = await knex('workflows');

  for (const effect of effects) {
    if (effect.status !== 'confirmed' || effect.effect_id.endsWith('-x')) {
      continue;
    }
    const own = world.facts.filter(
      fact => 'effectId' in fact && fact.effectId === effect.effect_id,
    );
    const since = own.slice(own.map(fact => fact.did).lastIndexOf('execute'));
    const { state, evidence } = JSON.parse(effect.read_back ?? '{}');
    const saw = since.some(
      fact =>
        fact.did === 'look' &&
        fact.state === 'confirmed' &&
        fact.evidence === evidence,
    );
    if (state !== 'confirmed' || !saw) {
      wrong.push(`${effect.effect_id} is confirmed, but nobody saw it`);
    }
  }
  for (const task of tasks) {
    const index = Number(task.task_id.slice(1)) - 1;
    if (
      task.status === 'completed' &&
      scenario.declared === 'execute' &&
      !portal.undoneByPeople.has(task.task_id)
    ) {
      for (const name of scenario.tasks[index]) {
        const rounds = effects
          .filter(
            each => each.task_id === task.task_id && each.effect_key === name,
          )
          .sort((a, b) => a.round - b.round);
        if (rounds[rounds.length - 1]?.status !== 'confirmed') {
          wrong.push(`${task.task_id} is completed without ${name} confirmed`);
        }
      }
    }
    const needed = /and this needs (\w+)/.exec(task.held_because ?? '')?.[1];
    if (needed && !laneAllows(scenario.declared, needed as Lane)) {
      wrong.push(`${task.task_id} waits for a promotion that cannot come`);
    }
  }
  if (
    workflow?.phase === 'completed' &&
    !tasks.every(
      task =>
        task.status === 'completed' || portal.undoneByPeople.has(task.task_id),
    )
  ) {
    wrong.push('the workflow is completed, and not all of its tasks are');
  }
  for (const { what, refusedBy } of portal.misuses) {
    if (
      refusedBy === 'nobody' ||
      (what === 'calls an effect as a read' && refusedBy === undefined)
    ) {
      wrong.push(`an agent that ${what} was not refused by a gate`);
    }
  }
  return wrong;
}

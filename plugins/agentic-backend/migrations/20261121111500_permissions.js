/**
 * What permission rules and the access rules of environments look at: who owns the service, how far
 * its agents may go, and in which groups the requester was. Workflows from before get their owner
 * from their plan.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('workflows', table => {
    table.string('owner', 255).notNullable().defaultTo('');
    table.string('lane', 16).notNullable().defaultTo('execute');
    table.text('requester_refs').nullable();
    table.text('change_reason').nullable();
    table.index(['owner']);
  });
  const plans = await knex('plans')
    .join('workflows', 'workflows.plan_id', 'plans.id')
    .select('workflows.id as workflow_id', 'plans.body as body');
  for (const { workflow_id: id, body } of plans) {
    const owner = JSON.parse(body).intent?.owner ?? '';
    await knex('workflows').where('id', id).update({ owner });
  }
  await knex.schema.createTable('replicas', table => {
    table.string('id', 64).primary();
    table.string('host', 255).notNullable();
    table.integer('pid').notNullable();
    table.bigInteger('beat_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('replicas');
  await knex.schema.alterTable('workflows', table => {
    table.dropIndex(['owner']);
    table.dropColumns('owner', 'lane', 'requester_refs', 'change_reason');
  });
};

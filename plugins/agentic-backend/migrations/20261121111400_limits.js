/**
 * What was used, what was tried, and what was swept. Times are ISO 8601 text, money is millionths.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('workflow_accounts', table => {
    table.string('workflow_id', 40).primary();
    table.string('requested_by', 255).notNullable();
    table.string('team', 255).notNullable();
    table.index(['team']);
    table.index(['requested_by']);
  });
  await knex.schema.createTable('usage_entries', table => {
    // The step or effect that used it: the same piece of work, done again after a crash, has the same id.
    table.string('id', 255).primary();
    table.string('workflow_id', 40).notNullable().index();
    table.string('task_id', 20).notNullable();
    table.integer('steps').notNullable();
    table.bigInteger('tokens').notNullable();
    table.bigInteger('money_micros').notNullable();
    table.string('at', 24).notNullable().index();
  });
  await knex.schema.createTable('usage_totals', table => {
    table.string('scope', 8).notNullable();
    table.string('subject', 255).notNullable();
    table.string('period', 10).notNullable();
    table.bigInteger('steps').notNullable();
    table.bigInteger('tokens').notNullable();
    table.bigInteger('money_micros').notNullable();
    table.primary(['scope', 'subject', 'period']);
  });
  await knex.schema.createTable('limit_alerts', table => {
    table.string('id', 255).primary();
    table.string('at', 24).notNullable();
  });
  await knex.schema.createTable('rate_windows', table => {
    table.string('principal', 255).primary();
    table.bigInteger('window_start').notNullable();
    table.integer('hits').notNullable();
  });
  await knex.schema.createTable('effect_traces', table => {
    table.increments('id');
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.string('service_name', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('tool', 100).notNullable();
    table.string('digest', 64).notNullable();
    table.string('kind', 16).notNullable();
    table.string('at', 24).notNullable();
    table.index(['service_name', 'id']);
  });
  await knex.schema.createTable('sweep_reports', table => {
    table.string('digest', 64).primary();
    table.string('created_by', 255).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('valid_until', 24).notNullable();
  });
  await knex.schema.createTable('sweeps', table => {
    table.string('id', 40).primary();
    table.string('report_digest', 64).notNullable();
    table.string('status', 16).notNullable().index();
    table.string('started_by', 255).notNullable();
    table.string('started_at', 24).notNullable();
    table.string('finished_at', 24).nullable();
    table.string('lease_until', 24).nullable();
  });
  await knex.schema.createTable('sweep_items', table => {
    table.string('sweep_id', 40).notNullable();
    table.integer('position').notNullable();
    table.text('body').notNullable();
    table.string('outcome', 16).notNullable();
    table.text('evidence').nullable();
    table.primary(['sweep_id', 'position']);
  });

  const known = await knex('workflows')
    .join('plans', 'plans.id', 'workflows.plan_id')
    .select('workflows.id', 'workflows.requested_by', 'plans.body');
  for (const { id, requested_by: requestedBy, body } of known) {
    await knex('workflow_accounts').insert({
      workflow_id: id,
      requested_by: requestedBy,
      team: JSON.parse(body).intent.owner,
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'sweep_items',
    'sweeps',
    'sweep_reports',
    'effect_traces',
    'rate_windows',
    'limit_alerts',
    'usage_totals',
    'usage_entries',
    'workflow_accounts',
  ]) {
    await knex.schema.dropTable(table);
  }
};

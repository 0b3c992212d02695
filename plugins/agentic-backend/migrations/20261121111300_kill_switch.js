/**
 * Who stopped which agent, when and why. A row without `released_at` is a stop that holds; `*` in
 * `agent` is all agents. `tasks.held_by` names the gate that holds a task.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('kill_switches', table => {
    table.increments('id');
    table.string('agent', 63).notNullable();
    table.string('engaged_by', 255).notNullable();
    table.string('engaged_at', 24).notNullable();
    table.text('reason').notNullable();
    table.string('released_by', 255).nullable();
    table.string('released_at', 24).nullable();
    table.text('release_reason').nullable();
    table.index(['released_at']);
  });
  // Two people who stop the same agent at once make one stop.
  await knex.raw(
    'create unique index kill_switches_engaged on kill_switches (agent) where released_at is null',
  );
  await knex.schema.alterTable('tasks', table => {
    table.string('held_by', 40).nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tasks', table => {
    table.dropColumn('held_by');
  });
  await knex.schema.dropTable('kill_switches');
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('tasks', table => {
    // Why a gate holds the task, while it does.
    table.text('held_because').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tasks', table => {
    table.dropColumn('held_because');
  });
};

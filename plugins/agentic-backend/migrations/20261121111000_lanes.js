/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Every change of an agent's lane; the last one of an agent is the one that counts.
  await knex.schema.createTable('lane_changes', table => {
    table.string('agent', 63).notNullable();
    table.integer('seq').notNullable();
    table.string('from_lane', 16).notNullable();
    table.string('to_lane', 16).notNullable();
    table.string('source', 16).notNullable();
    table.string('changed_by', 255).notNullable();
    table.text('reason').notNullable();
    table.text('evidence').nullable();
    table.string('agent_version', 64).notNullable();
    table.string('at', 24).notNullable();
    table.primary(['agent', 'seq']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lane_changes');
};

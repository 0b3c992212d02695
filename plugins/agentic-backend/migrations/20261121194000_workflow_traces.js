/**
 * The trace every workflow is part of, as a W3C `traceparent`: read by whichever process goes on with it.
 * Workflows from before have none, and get one by their id.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('workflows', table => {
    table.string('traceparent', 55).nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('workflows', table => {
    table.dropColumn('traceparent');
  });
};

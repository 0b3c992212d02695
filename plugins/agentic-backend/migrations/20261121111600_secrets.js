/**
 * The encrypted store of secrets and the log of who used which. `secrets` keeps a row also of what
 * was destroyed, so that a version number is never used twice; `secret_versions` holds ciphertext.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('secrets', table => {
    table.string('path', 200).primary();
    table.integer('version').notNullable();
    table.text('labels').notNullable();
    table.integer('rotate_after_days').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('rotated_at', 24).notNullable();
    table.string('destroyed_at', 24).nullable();
  });
  await knex.schema.createTable('secret_versions', table => {
    table.string('path', 200).notNullable();
    table.integer('version').notNullable();
    table.string('key_id', 32).notNullable().index();
    table.text('wrapped_key').notNullable();
    table.text('ciphertext').notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['path', 'version']);
  });
  await knex.schema.createTable('secret_access', table => {
    table.increments('id');
    table.string('at', 24).notNullable().index();
    table.string('action', 16).notNullable();
    table.string('outcome', 16).notNullable();
    table.text('reason').nullable();
    table.string('secret', 400).notNullable().index();
    table.integer('version').nullable();
    table.string('actor', 255).notNullable();
    table.string('tool', 100).nullable();
    table.string('workflow_id', 40).nullable().index();
    table.string('task_id', 20).nullable();
    table.string('requested_by', 255).nullable();
    table.text('purpose').notNullable();
  });
  await knex.schema.createTable('secret_reminders', table => {
    table.string('secret', 400).primary();
    table.string('rotated_at', 24).notNullable();
    table.string('reminded_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('secret_reminders');
  await knex.schema.dropTable('secret_access');
  await knex.schema.dropTable('secret_versions');
  await knex.schema.dropTable('secrets');
};

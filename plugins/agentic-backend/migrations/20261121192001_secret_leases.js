/**
 * Credentials that were made for one call: asked for, lent, returned, revoked. A row is there before
 * they are, so that what a dead process had lent is found and taken back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('secret_leases', table => {
    table.increments('id');
    table.string('store', 63).notNullable();
    table.string('path', 200).notNullable();
    table.text('lease_id').nullable();
    table.string('status', 16).notNullable();
    table.text('borrower').notNullable();
    table.string('asked_at', 24).notNullable();
    table.string('expires_at', 24).nullable();
    table.string('held_until', 24).notNullable();
    table.string('next_try_at', 24).nullable();
    table.integer('attempts').notNullable();
    table.string('ended_at', 24).nullable();
    table.index(['status', 'held_until']);
    table.index(['ended_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('secret_leases');
};

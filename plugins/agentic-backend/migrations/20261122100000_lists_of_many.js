/**
 * Indexes in the order in which lists are read, so that a page costs the same however many workflows
 * are kept. Those that begin with the same column and go no further are not needed beside them.
 */
const NEWEST = ['created_at', 'id'];
const ADDED = [
  ['workflows', ['phase', ...NEWEST]],
  ['workflows', ['owner', ...NEWEST]],
  ['workflows', ['requested_by', ...NEWEST]],
  ['workflows', ['environment', ...NEWEST]],
  // Names are searched for parts of them: that is read from the index alone.
  ['workflows', [...NEWEST, 'service_name']],
  ['approvals', ['status', ...NEWEST]],
  ['approvals', ['status', 'expires_at', 'id']],
  ['deployments', ['started_at']],
  ['deployments', ['environment', 'started_at']],
  ['deployments', ['service_name', 'started_at']],
];
const REPLACED = [
  ['workflows', ['phase']],
  ['workflows', ['owner']],
  ['workflows', NEWEST],
  ['approvals', ['status']],
  ['deployments', ['service_name']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [name, columns] of ADDED) {
    await knex.schema.alterTable(name, table => table.index(columns));
  }
  for (const [name, columns] of REPLACED) {
    await knex.schema.alterTable(name, table => table.dropIndex(columns));
  }
  // The few chains the auditor has not been told all of, asked for every other second.
  await knex.raw(
    'create index record_heads_untold on record_heads (chain) where told_seq < seq',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index record_heads_untold');
  for (const [name, columns] of REPLACED) {
    await knex.schema.alterTable(name, table => table.index(columns));
  }
  for (const [name, columns] of ADDED) {
    await knex.schema.alterTable(name, table => table.dropIndex(columns));
  }
};

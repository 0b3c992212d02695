/**
 * What went wrong and takes people, and what happened about it. `fact` names the row that an entry
 * was derived from, so that each fact is counted once, whoever looks and however often.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('incidents', table => {
    table.string('id', 40).primary();
    table.string('fingerprint', 255).notNullable();
    table.string('title', 255).notNullable();
    table.string('source', 20).notNullable();
    table.string('severity', 10).notNullable();
    table.string('status', 16).notNullable();
    table.string('service_name', 63).nullable();
    table.string('environment', 63).nullable();
    table.string('workflow_id', 40).nullable().index();
    table.text('links').notNullable();
    table.integer('occurrences').notNullable();
    table.integer('reopened').notNullable();
    table.string('opened_by', 255).notNullable();
    table.string('opened_at', 24).notNullable();
    table.string('last_seen_at', 24).notNullable();
    table.string('commander', 255).nullable();
    table.text('responders').notNullable();
    table.string('acknowledged_by', 255).nullable();
    table.string('acknowledged_at', 24).nullable();
    table.string('mitigated_at', 24).nullable();
    table.string('resolved_by', 255).nullable();
    table.string('resolved_at', 24).nullable();
    table.text('resolution').nullable();
    table.text('escalated_to').notNullable();
    table.string('next_escalation_at', 24).nullable();
    table.index(['status', 'opened_at']);
    table.index(['opened_at', 'id']);
    table.index(['fingerprint', 'resolved_at']);
  });
  // Two replicas that find the same thing at once open one incident.
  await knex.raw(
    "create unique index incidents_unresolved on incidents (fingerprint) where status <> 'resolved'",
  );
  await knex.schema.createTable('incident_entries', table => {
    table.increments('id');
    table.string('incident_id', 40).notNullable();
    table.string('at', 24).notNullable();
    table.string('kind', 16).notNullable();
    table.string('actor', 255).notNullable();
    table.text('text').notNullable();
    table.string('fact', 255).nullable().unique();
    table.index(['incident_id', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('incident_entries');
  await knex.schema.dropTable('incidents');
};

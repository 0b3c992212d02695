/**
 * Times are ISO 8601 text in UTC with milliseconds: they sort as text and read the same in SQLite
 * and PostgreSQL. JSON is text for the same reason.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('workflows', table => {
    table.string('id', 40).primary();
    table.string('requested_by', 255).notNullable();
    table.string('idempotency_key', 255).nullable();
    table.string('template', 100).notNullable();
    table.text('description').nullable();
    table.string('service_name', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('phase', 24).notNullable();
    table.boolean('paused').notNullable().defaultTo(false);
    table.text('cancel_reason').nullable();
    table.string('cancelled_by', 255).nullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.integer('last_event_seq').notNullable().defaultTo(0);
    table.string('plan_id', 64).notNullable();
    table.string('plan_hash', 64).notNullable();
    table.text('error').nullable();
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.string('completed_at', 24).nullable();
    table.unique(['requested_by', 'idempotency_key']);
    table.index(['phase']);
    table.index(['service_name']);
    table.index(['created_at', 'id']);
  });
  await knex.schema.createTable('service_claims', table => {
    table.string('service_name', 63).primary();
    table.string('workflow_id', 40).notNullable();
  });
  await knex.schema.createTable('plans', table => {
    table.string('id', 64).primary();
    table.string('workflow_id', 40).notNullable().index();
    table.integer('version').notNullable();
    table.string('plan_hash', 64).notNullable();
    table.text('body').notNullable();
    table.unique(['workflow_id', 'version']);
  });
  await knex.schema.createTable('tasks', table => {
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.integer('position').notNullable();
    table.string('agent', 63).notNullable();
    table.string('status', 24).notNullable();
    table.integer('attempt').notNullable().defaultTo(0);
    table.integer('attempts_left').notNullable();
    table.string('retry_at', 24).nullable();
    table.string('lease_owner', 64).nullable();
    table.bigInteger('lease_until').nullable();
    table.text('output').nullable();
    table.text('error').nullable();
    table.string('started_at', 24).nullable();
    table.string('completed_at', 24).nullable();
    table.primary(['workflow_id', 'task_id']);
    table.index(['status']);
  });
  await knex.schema.createTable('effects', table => {
    table.string('effect_id', 160).primary();
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.string('effect_key', 63).notNullable();
    table.integer('round').notNullable();
    table.integer('position').notNullable();
    table.string('tool', 100).notNullable();
    table.string('status', 24).notNullable();
    table.text('params').notNullable();
    table.string('params_digest', 64).notNullable();
    table.text('blast_radius').notNullable();
    table.text('dry_run').notNullable();
    table.text('verdict').notNullable();
    table.string('rollback_strategy', 1000).notNullable();
    table.string('approval_id', 64).nullable();
    table.text('result').nullable();
    table.text('read_back').nullable();
    table.text('error').nullable();
    table.string('started_at', 24).nullable();
    table.string('finished_at', 24).nullable();
    table.index(['workflow_id', 'task_id']);
  });
  await knex.schema.createTable('approvals', table => {
    table.string('id', 64).primary();
    table.string('workflow_id', 40).notNullable().index();
    table.string('task_id', 20).notNullable();
    table.string('plan_hash', 64).notNullable();
    table.string('scope_hash', 64).notNullable();
    table.string('status', 16).notNullable().index();
    table.text('body').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('expires_at', 24).notNullable();
    table.string('decided_at', 24).nullable();
  });
  await knex.schema.createTable('approval_decisions', table => {
    table.increments('id');
    table.string('approval_id', 64).notNullable();
    table.string('decided_by', 255).notNullable();
    table.string('role', 16).notNullable();
    table.string('decision', 16).notNullable();
    table.text('reason').notNullable();
    table.string('decided_at', 24).notNullable();
    // One person signs once, and each role is signed once: two signatures are two people.
    table.unique(['approval_id', 'decided_by']);
    table.unique(['approval_id', 'role']);
  });
  await knex.schema.createTable('artifacts', table => {
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.string('artifact_id', 64).notNullable();
    table.string('name', 200).notNullable();
    table.text('provenance').notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['workflow_id', 'task_id', 'artifact_id']);
    table.index(['artifact_id']);
  });
  await knex.schema.createTable('artifact_files', table => {
    table.string('artifact_id', 64).notNullable();
    table.string('path', 400).notNullable();
    table.string('digest', 64).notNullable();
    table.integer('size').notNullable();
    table.boolean('executable').notNullable();
    table.primary(['artifact_id', 'path']);
  });
  await knex.schema.createTable('blobs', table => {
    table.string('digest', 64).primary();
    table.text('content', 'longtext').notNullable();
  });
  await knex.schema.createTable('workflow_events', table => {
    table.string('workflow_id', 40).notNullable();
    table.integer('seq').notNullable();
    table.string('time', 24).notNullable();
    table.string('type', 24).notNullable();
    table.string('level', 8).notNullable();
    table.string('task_id', 20).nullable();
    table.text('message').notNullable();
    table.text('data').nullable();
    table.primary(['workflow_id', 'seq']);
  });
  await knex.schema.createTable('outbox', table => {
    table.increments('id');
    table.string('event_id', 64).notNullable().unique();
    table.string('kind', 16).notNullable();
    table.text('payload').notNullable();
    table.string('status', 16).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('due_at', 24).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('delivered_at', 24).nullable();
    table.text('error').nullable();
    table.index(['status', 'due_at']);
  });
  await knex.schema.createTable('deployments', table => {
    table.string('id', 100).primary();
    table.string('workflow_id', 40).notNullable().index();
    table.string('service_name', 63).notNullable().index();
    table.string('environment', 63).notNullable();
    table.string('status', 16).notNullable();
    table.text('body').notNullable();
    table.string('started_at', 24).notNullable();
  });
  await knex.schema.createTable('services', table => {
    table.string('service_name', 63).primary();
    table.string('workflow_id', 40).notNullable();
    table.text('body').notNullable();
    table.string('updated_at', 24).notNullable();
  });
  await knex.schema.createTable('agent_invocations', table => {
    table.increments('id');
    table.string('agent', 63).notNullable();
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.string('outcome', 16).notNullable();
    table.integer('milliseconds').notNullable();
    table.string('at', 24).notNullable();
    table.index(['agent', 'at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'agent_invocations',
    'services',
    'deployments',
    'outbox',
    'workflow_events',
    'blobs',
    'artifact_files',
    'artifacts',
    'approval_decisions',
    'approvals',
    'effects',
    'tasks',
    'plans',
    'service_claims',
    'workflows',
  ]) {
    await knex.schema.dropTable(table);
  }
};

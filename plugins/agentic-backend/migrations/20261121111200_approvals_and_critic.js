/**
 * The critic's verdicts, what people saw of an approval before they decided, changes of a request,
 * and what has been done about an approval that nobody decides.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('critic_verdicts', table => {
    table.string('id', 64).primary();
    table.string('workflow_id', 40).notNullable();
    table.string('task_id', 20).notNullable();
    table.string('stage', 16).notNullable();
    table.string('decision', 16).notNullable();
    table.string('subject_digest', 64).notNullable();
    table.text('body').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('expires_at', 24).notNullable();
    table.index(['workflow_id', 'task_id', 'created_at']);
  });
  await knex.schema.createTable('approval_views', table => {
    table.string('approval_id', 64).notNullable();
    table.string('user_ref', 255).notNullable();
    table.string('seen_at', 24).notNullable();
    table.string('details_seen_at', 24).nullable();
    // Two looks at the same moment leave one row.
    table.primary(['approval_id', 'user_ref']);
  });
  await knex.schema.createTable('plan_revisions', table => {
    table.string('workflow_id', 40).notNullable();
    table.integer('version').notNullable();
    table.string('plan_hash', 64).notNullable();
    table.string('revised_by', 255).notNullable();
    table.text('reason').notNullable();
    table.text('difference').notNullable();
    table.string('revised_at', 24).notNullable();
    table.primary(['workflow_id', 'version']);
  });
  await knex.schema.alterTable('approvals', table => {
    table.text('void_reason').nullable();
    table.string('reminded_at', 24).nullable();
    table.string('escalated_at', 24).nullable();
    table.index(['created_at', 'id']);
  });
  await knex.schema.alterTable('approval_decisions', table => {
    table.index(['decided_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('approval_decisions', table => {
    table.dropIndex(['decided_at']);
  });
  await knex.schema.alterTable('approvals', table => {
    table.dropIndex(['created_at', 'id']);
  });
  for (const column of ['void_reason', 'reminded_at', 'escalated_at']) {
    await knex.schema.alterTable('approvals', table => {
      table.dropColumn(column);
    });
  }
  for (const table of ['plan_revisions', 'approval_views', 'critic_verdicts']) {
    await knex.schema.dropTable(table);
  }
};

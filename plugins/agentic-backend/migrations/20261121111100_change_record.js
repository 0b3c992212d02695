/**
 * The change record. The tables of entries can only be added to, and only after the head of a chain
 * or after what was added behind it since: triggers refuse anything else, whoever is connected.
 * Payloads can be erased, not changed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('record_heads', table => {
    table.string('chain', 40).primary();
    table.integer('seq').notNullable();
    table.string('hash', 64).notNullable();
    // How far the auditor has been told; behind `seq` while it is not yet.
    table.integer('told_seq').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('record_entries', table => {
    table.increments('id');
    table.string('chain', 40).notNullable();
    table.integer('seq').notNullable();
    table.string('kind', 40).notNullable();
    table.string('actor', 255).notNullable();
    table.string('subject', 255).notNullable();
    table.string('at', 24).notNullable();
    table.string('payload_digest', 64).notNullable();
    table.string('previous', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.unique(['chain', 'seq']);
    table.index(['kind', 'id']);
    table.index(['actor', 'id']);
    table.index(['at']);
  });
  await knex.schema.createTable('record_payloads', table => {
    table.string('chain', 40).notNullable();
    table.integer('seq').notNullable();
    table.string('salt', 32).nullable();
    table.text('body', 'longtext').nullable();
    table.text('erased').nullable();
    table.primary(['chain', 'seq']);
  });
  await (knex.client.config.client === 'pg'
    ? guardOnPostgres(knex)
    : guardOnSqlite(knex));
};

async function guardOnPostgres(knex) {
  // The functions find the tables of the schema they were made in, whatever the caller's search path.
  await knex.raw(`
    create function agentic_record_refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'The change record is append-only: % on % is refused', tg_op, tg_table_name;
    end $$`);
  await knex.raw(`
    create function agentic_record_follow() returns trigger language plpgsql
    set search_path from current as $$
    begin
      if not exists (
        select 1 from record_heads
        where chain = new.chain and seq = new.seq - 1 and hash = new.previous
      ) and not exists (
        select 1 from record_entries entry
        join record_heads head on head.chain = entry.chain and head.seq < entry.seq
        where entry.chain = new.chain and entry.seq = new.seq - 1 and entry.hash = new.previous
      ) then
        raise exception 'The change record is append-only: an entry has to follow the head of its chain';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create function agentic_record_head() returns trigger language plpgsql
    set search_path from current as $$
    begin
      if new.chain <> old.chain or new.told_seq < old.told_seq or new.told_seq > new.seq
        or not ((new.seq = old.seq and new.hash = old.hash) or exists (
          select 1 from record_entries
          where chain = new.chain and seq = new.seq and hash = new.hash and new.seq > old.seq
        )) then
        raise exception 'The change record is append-only: a head moves only to a newer entry';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create function agentic_record_erase() returns trigger language plpgsql as $$
    begin
      if new.chain <> old.chain or new.seq <> old.seq or old.erased is not null
        or new.erased is null or new.body is not null or new.salt is not null then
        raise exception 'The change record is append-only: a payload can be erased once, not changed';
      end if;
      return new;
    end $$`);
  const trigger = (name, when, table, each, run) =>
    knex.raw(
      `create trigger ${name} before ${when} on ${table} for each ${each} execute function ${run}()`,
    );
  await trigger(
    'record_entries_follow',
    'insert',
    'record_entries',
    'row',
    'agentic_record_follow',
  );
  await trigger(
    'record_entries_keep',
    'update or delete',
    'record_entries',
    'row',
    'agentic_record_refuse',
  );
  await trigger(
    'record_entries_stay',
    'truncate',
    'record_entries',
    'statement',
    'agentic_record_refuse',
  );
  await trigger(
    'record_heads_forward',
    'update',
    'record_heads',
    'row',
    'agentic_record_head',
  );
  await trigger(
    'record_heads_keep',
    'delete',
    'record_heads',
    'row',
    'agentic_record_refuse',
  );
  await trigger(
    'record_heads_stay',
    'truncate',
    'record_heads',
    'statement',
    'agentic_record_refuse',
  );
  await trigger(
    'record_payloads_erase',
    'update',
    'record_payloads',
    'row',
    'agentic_record_erase',
  );
  await trigger(
    'record_payloads_keep',
    'delete',
    'record_payloads',
    'row',
    'agentic_record_refuse',
  );
  await trigger(
    'record_payloads_stay',
    'truncate',
    'record_payloads',
    'statement',
    'agentic_record_refuse',
  );
}

async function guardOnSqlite(knex) {
  const refuse = (name, when, table, why, condition) =>
    knex.raw(`
      create trigger ${name} before ${when} on ${table}
      ${condition ? `when ${condition}` : ''}
      begin select raise(abort, 'The change record is append-only: ${why}'); end`);
  for (const table of ['record_entries', 'record_heads', 'record_payloads']) {
    await refuse(
      `${table}_keep`,
      'delete',
      table,
      `DELETE on ${table} is refused`,
    );
  }
  await refuse(
    'record_entries_update',
    'update',
    'record_entries',
    'UPDATE on record_entries is refused',
  );
  // Also stops INSERT OR REPLACE, which deletes without asking the triggers for DELETE.
  await refuse(
    'record_entries_follow',
    'insert',
    'record_entries',
    'an entry has to follow the head of its chain',
    `(not exists (
      select 1 from record_heads
      where chain = new.chain and seq = new.seq - 1 and hash = new.previous
    ) and not exists (
      select 1 from record_entries entry
      join record_heads head on head.chain = entry.chain and head.seq < entry.seq
      where entry.chain = new.chain and entry.seq = new.seq - 1 and entry.hash = new.previous
    )) or exists (
      select 1 from record_entries where id = new.id or (chain = new.chain and seq = new.seq)
    )`,
  );
  await refuse(
    'record_heads_replace',
    'insert',
    'record_heads',
    'a head is not replaced',
    'exists (select 1 from record_heads where chain = new.chain and seq > 0)',
  );
  await refuse(
    'record_heads_forward',
    'update',
    'record_heads',
    'a head moves only to a newer entry',
    `new.chain <> old.chain or new.told_seq < old.told_seq or new.told_seq > new.seq
      or not ((new.seq = old.seq and new.hash = old.hash) or exists (
        select 1 from record_entries
        where chain = new.chain and seq = new.seq and hash = new.hash and new.seq > old.seq
      ))`,
  );
  await refuse(
    'record_payloads_replace',
    'insert',
    'record_payloads',
    'a payload is not replaced',
    'exists (select 1 from record_payloads where chain = new.chain and seq = new.seq)',
  );
  await refuse(
    'record_payloads_erase',
    'update',
    'record_payloads',
    'a payload can be erased once, not changed',
    `new.chain <> old.chain or new.seq <> old.seq or old.erased is not null
      or new.erased is null or new.body is not null or new.salt is not null`,
  );
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['record_payloads', 'record_entries', 'record_heads']) {
    await knex.schema.dropTable(table);
  }
  if (knex.client.config.client === 'pg') {
    for (const name of ['refuse', 'follow', 'head', 'erase']) {
      await knex.raw(`drop function agentic_record_${name}()`);
    }
  }
};

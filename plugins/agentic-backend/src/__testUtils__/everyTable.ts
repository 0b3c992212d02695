import type { Knex } from 'knex';

/** The columns of every table, by table. */
export type TableColumns = Readonly<Record<string, readonly string[]>>;

/** Everything in some tables, as text that is the same when the rows are. */
export type TableRows = Readonly<Record<string, readonly string[]>>;

/** The tables of the plugin, without what Knex keeps for itself. */
export async function tableColumns(knex: Knex): Promise<TableColumns> {
  const names: string[] =
    knex.client.config.client === 'pg'
      ? await knex('pg_tables')
          .whereRaw('schemaname = current_schema()')
          .pluck('tablename')
      : await knex('sqlite_master')
          .where('type', 'table')
          .andWhereNot('name', 'like', 'sqlite_%')
          .pluck('name');
  const own = names.filter(name => !name.startsWith('knex_')).sort();
  const columns = await Promise.all(
    own.map(async name => Object.keys(await knex(name).columnInfo()).sort()),
  );
  return Object.fromEntries(own.map((name, index) => [name, columns[index]]));
}

/** Reads these columns of these tables. */
export async function tableRows(
  knex: Knex,
  columns: TableColumns,
): Promise<TableRows> {
  const rows: Record<string, string[]> = {};
  for (const [table, names] of Object.entries(columns)) {
    const found = await knex(table).select(...names);
    rows[table] = found
      .map(row => JSON.stringify(names.map(name => row[name])))
      .sort();
  }
  return rows;
}

/** Puts a made-up row into each table that has none, so that every table has something to lose. */
export async function fillEmptyTables(knex: Knex): Promise<void> {
  for (const table of Object.keys(await tableColumns(knex))) {
    if (await knex(table).first()) continue;
    const info = await knex(table).columnInfo();
    await knex(table).insert(
      Object.fromEntries(
        Object.entries(info)
          .filter(([name, { type }]) => !(name === 'id' && isNumber(type)))
          .map(([name, { type, maxLength }]) => [
            name,
            valueOf(type, Number(maxLength ?? 255)),
          ]),
      ),
    );
  }
}

function isNumber(type: string): boolean {
  return /int|numeric|real|double/i.test(type);
}

function valueOf(type: string, length: number): string | number | boolean {
  if (isNumber(type)) return 7;
  return /bool/i.test(type) ? true : 'made up'.slice(0, length);
}

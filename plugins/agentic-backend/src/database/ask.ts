import type { Knex } from 'knex';

type Value = string | number | null;

/**
 * Asks in SQL that both databases understand, and answers the rows. For the few statements that the
 * guard makes at each call: composing them anew costs more than carrying them out.
 */
export async function ask<Row>(
  knex: Knex,
  sql: string,
  values: readonly Value[],
): Promise<Row[]> {
  const answer: unknown = await knex.raw(sql, [...values]);
  if (Array.isArray(answer)) return answer;
  // PostgreSQL answers an object with the rows, SQLite one without where there are none.
  return (answer as { rows?: Row[] }).rows ?? [];
}

/** Inserts rows that have the same columns, with one statement. `more` follows it, such as what to do on a conflict. */
export async function insertRows<Row>(
  knex: Knex,
  table: string,
  rows: ReadonlyArray<Readonly<Record<string, Value>>>,
  more: string = '',
): Promise<Row[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const places = `(${columns.map(() => '?').join(', ')})`;
  return ask(
    knex,
    `insert into ${table} (${columns.join(', ')}) values ${rows
      .map(() => places)
      .join(', ')} ${more}`,
    rows.flatMap(row => columns.map(column => row[column])),
  );
}

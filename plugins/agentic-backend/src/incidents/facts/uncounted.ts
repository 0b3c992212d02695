import type { Knex } from 'knex';

/**
 * Narrows a query to rows whose fact has not been counted. A fact is named by a word and columns, in
 * the form `word:value:value`, here as in {@link IncidentFact.factId}.
 */
export function uncounted(
  query: Knex.QueryBuilder,
  knex: Knex,
  word: string,
  ...columns: readonly string[]
): void {
  const name = columns
    .map(() => "':' || cast(?? as varchar(255))")
    .join(' || ');
  query.whereNotExists(
    knex('incident_entries')
      .select(knex.raw('1'))
      .whereRaw(`incident_entries.fact = cast(? as varchar(40)) || ${name}`, [
        word,
        ...columns,
      ]),
  );
}

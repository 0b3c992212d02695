import createKnex, { type Knex } from 'knex';

const SILENT = {
  debug: () => undefined,
  deprecate: () => undefined,
  error: () => undefined,
  warn: () => undefined,
};

/** Connects for the time of the look. What goes wrong is thrown and not printed. */
export async function lookInto<T>(
  connect: Knex.Config,
  look: (knex: Knex) => Promise<T>,
): Promise<T> {
  const knex = createKnex({ ...connect, log: SILENT });
  try {
    return await look(knex);
  } finally {
    await knex.destroy();
  }
}

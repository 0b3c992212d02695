import type * as LibPgQuery from 'libpg-query';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';

/** Parses SQL with PostgreSQL's own parser. Tables, columns and function bodies are not looked up. */
export const checkSql: Checker = async ({ content }) => {
  const { parse, hasSqlDetails } =
    lazyRequire<typeof LibPgQuery>('libpg-query');
  try {
    await parse(content);
    return { violations: [] };
  } catch (error) {
    const position = hasSqlDetails(error)
      ? error.sqlDetails?.cursorPosition
      : undefined;
    return {
      violations: [
        {
          rule: 'sql/syntax',
          severity: 'high',
          message: error instanceof Error ? error.message : String(error),
          line:
            position === undefined
              ? undefined
              : content.slice(0, position).split('\n').length,
        },
      ],
    };
  }
};

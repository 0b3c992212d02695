import type * as SmolToml from 'smol-toml';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';

/** Parses TOML 1.0; a key that is given twice is a mistake. What the tables mean to a tool is not looked at. */
export const checkToml: Checker = async ({ content }) => {
  const { parse, TomlError } = lazyRequire<typeof SmolToml>('smol-toml');
  try {
    parse(content);
    return { violations: [] };
  } catch (error) {
    return {
      violations: [
        {
          rule: 'toml/syntax',
          severity: 'high',
          message:
            error instanceof Error
              ? error.message.split('\n')[0]
              : String(error),
          line: error instanceof TomlError ? error.line : undefined,
        },
      ],
    };
  }
};

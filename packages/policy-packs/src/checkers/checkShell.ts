import type * as ShSyntax from 'sh-syntax';
import type { Checker, FileViolation } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';
import { withOwnGo } from '../withOwnGo';

const STRICT_MODE =
  /^\s*set\s+-(?:euo\s+pipefail|eu\s+-o\s+pipefail|Eeuo\s+pipefail)\b/m;
const POSIX_SHEBANG = /^#!\s*\/\S*(?:env\s+)?\b(?:sh|dash)\b/;
const POSIX_STRICT_MODE = /^\s*set\s+-eu\b/m;

function strictModeViolations(content: string): FileViolation[] {
  const posix = POSIX_SHEBANG.test(content);
  if ((posix ? POSIX_STRICT_MODE : STRICT_MODE).test(content)) {
    return [];
  }
  return [
    {
      rule: 'shell/strict-mode',
      severity: 'medium',
      message: 'The script goes on after a failing command',
      line: 1,
      remedy: `Begin with 'set -eu${posix ? '' : 'o pipefail'}'`,
    },
  ];
}

/** Parses a shell script as bash (or POSIX sh where its first line says so) and asks for strict mode. */
export const checkShell: Checker = async ({ path, content }) => {
  try {
    await withOwnGo('sh-syntax', async () => {
      const { parse, LangVariant } = lazyRequire<typeof ShSyntax>('sh-syntax');
      await parse(content, {
        filepath: path,
        variant: POSIX_SHEBANG.test(content)
          ? LangVariant.LangPOSIX
          : LangVariant.LangBash,
      });
    });
  } catch (error) {
    return { violations: [syntaxViolation(error)] };
  }
  return { violations: strictModeViolations(content) };
};

/** Throws on what is no complaint about the script, so that nobody is told to mend a script that may be right. */
function syntaxViolation(error: unknown): FileViolation {
  const { Text: message, Pos } = error as Partial<ShSyntax.IParseError>;
  if (message === undefined) {
    throw error;
  }
  return {
    rule: 'shell/syntax',
    severity: 'high',
    message,
    line: Pos?.Line,
  };
}

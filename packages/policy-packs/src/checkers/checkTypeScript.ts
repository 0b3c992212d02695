import type * as TypeScript from 'typescript';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';

type Compiler = typeof TypeScript;

/** A program of this one file: nothing is resolved, read from disk, bound or emitted. */
function programOf(ts: Compiler, path: string, content: string) {
  const options: TypeScript.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ESNext,
    types: [],
  };
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.ESNext);
  return {
    source,
    program: ts.createProgram([path], options, {
      fileExists: name => name === path,
      readFile: () => undefined,
      getSourceFile: name => (name === path ? source : undefined),
      getDefaultLibFileName: () => 'lib.d.ts',
      getCanonicalFileName: name => name,
      getCurrentDirectory: () => '',
      getNewLine: () => '\n',
      useCaseSensitiveFileNames: () => true,
      writeFile: () => {},
    }),
  };
}

/** Parses TypeScript and JavaScript with the TypeScript compiler. Types are not checked: that takes the dependencies. */
export const checkTypeScript: Checker = async ({ path, content }) => {
  const ts = lazyRequire<Compiler>('typescript');
  const { source, program } = programOf(ts, path, content);
  return {
    violations: program.getSyntacticDiagnostics(source).map(diagnostic => ({
      rule: `typescript/TS${diagnostic.code}`,
      severity: 'high',
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
      line: source.getLineAndCharacterOfPosition(diagnostic.start).line + 1,
    })),
  };
};

import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { parseAllDocuments } from 'yaml';
import { RenderedFile } from '../types';

const chartTemplate = /^deploy\/helm\/[^/]+\/templates\//;

/** What a parser of its format finds wrong with a file; formats without a parser here give nothing. */
export function parseProblems({ path, content }: RenderedFile): string[] {
  if (chartTemplate.test(path)) {
    const balanced = content.split('{{').length === content.split('}}').length;
    return balanced ? [] : [`${path}: an expression does not end`];
  }
  if (path.endsWith('.json')) {
    return jsonProblems(path, content);
  }
  if (/\.ya?ml$/.test(path)) {
    return parseAllDocuments(content)
      .flatMap(({ errors, warnings }) => [...errors, ...warnings])
      .map(({ message }) => `${path}: ${message}`);
  }
  if (/\.[jt]s$/.test(path)) {
    const { diagnostics = [] } = transpileModule(content, {
      reportDiagnostics: true,
      compilerOptions: {
        module: ModuleKind.ESNext,
        target: ScriptTarget.ES2022,
      },
    });
    return diagnostics.map(
      ({ code, start }) => `${path}: TS${code} at ${start}`,
    );
  }
  return [];
}

function jsonProblems(path: string, content: string): string[] {
  try {
    JSON.parse(content);
    return [];
  } catch (error) {
    return [`${path}: ${error}`];
  }
}

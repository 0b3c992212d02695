import {
  type Document,
  type Node,
  LineCounter,
  isMap,
  isNode,
  isScalar,
  parseAllDocuments,
} from 'yaml';
import type { FileViolation } from '../FileCheck';

/** One document of a YAML (or JSON) file as plain data, with a way back to its lines. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line of the key or item at `path`, or of its nearest parent that exists. */
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/** A parsed YAML file. With syntax violations there may be no documents. */
export interface YamlSource {
  readonly documents: readonly YamlDocument[];
  readonly violations: readonly FileViolation[];
}

function nodeAt(
  document: Document.Parsed,
  path: readonly (string | number)[],
): Node | undefined {
  if (path.length === 0) {
    return document.contents ?? undefined;
  }
  const last = path.at(-1);
  const parent: unknown =
    path.length === 1
      ? document.contents
      : document.getIn(path.slice(0, -1), true);
  const found: unknown = isMap(parent)
    ? parent.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(last),
      )?.key
    : document.getIn(path, true);
  return isNode(found) ? found : undefined;
}

function lineOfNode(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const range = nodeAt(document, path.slice(0, length))?.range;
    if (range) {
      return lines.linePos(range[0]).line;
    }
  }
  return undefined;
}

/** Parses every document of a file. Syntax errors and duplicate keys become violations with their line. */
export function parseYamlSource(content: string, rule: string): YamlSource {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(content, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const violations = documents.flatMap(document =>
    document.errors.map(
      (error): FileViolation => ({
        rule: `${rule}/${
          error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax'
        }`,
        severity: 'high',
        message: error.message,
        line: lines.linePos(error.pos[0]).line,
      }),
    ),
  );
  if (violations.length > 0) {
    return { documents: [], violations };
  }
  return {
    violations,
    documents: documents
      .filter(document => document.contents !== null)
      .map(document => ({
        value: document.toJS({ maxAliasCount: 100 }),
        lineOf: path => lineOfNode(document, lines, path),
      })),
  };
}

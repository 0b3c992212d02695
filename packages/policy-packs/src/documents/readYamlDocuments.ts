import {
  LineCounter,
  type Document,
  type Node,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml';
import type { PathStep, Unchecked } from './Resource';
import type { Value } from './Value';

/** One document of a YAML or JSON file, with the lines of its parts. */
export interface PositionedDocument {
  readonly value: Value;
  readonly line: number;
  lineOf(path: readonly PathStep[]): number;
}

const MAX_NODES = 200_000;
const MAX_DEPTH = 150;

class TooLarge extends Error {}

/** Turns the short tags of CloudFormation into the long form, so that readers know one form only. */
function withTag(tag: string | undefined, value: Value): Value {
  if (tag === undefined || !tag.startsWith('!') || tag.startsWith('!!')) {
    return value;
  }
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') {
    return { [name]: value };
  }
  const split = name === 'GetAtt' && typeof value === 'string';
  return { [`Fn::${name}`]: split ? value.split('.') : value };
}

class DocumentReader {
  private nodes = 0;
  private readonly lines = new Map<string, number>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly counter: LineCounter,
  ) {}

  private lineAt(node: Node): number {
    return this.counter.linePos(node.range?.[0] ?? 0).line;
  }

  private convert(
    node: unknown,
    path: readonly PathStep[],
    depth: number,
  ): Value {
    this.nodes += 1;
    if (this.nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new TooLarge();
    }
    if (isAlias(node)) {
      return this.convert(node.resolve(this.document), path, depth + 1);
    }
    if (isMap(node)) {
      const value: Record<string, Value> = {};
      for (const { key, value: item } of node.items) {
        const name = isScalar(key) ? String(key.value) : String(key);
        const inner = [...path, name];
        if (isScalar(key)) {
          this.lines.set(inner.join('\u0000'), this.lineAt(key));
        }
        if (name === '<<' && isAlias(item)) {
          const merged = this.convert(item, path, depth + 1);
          Object.assign(value, merged);
        } else {
          // A key such as __proto__ is data like any other one.
          Object.defineProperty(value, name, {
            value: this.convert(item, inner, depth + 1),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        }
      }
      return withTag(node.tag, value);
    }
    if (isSeq(node)) {
      const value = node.items.map((item, index) => {
        const inner = [...path, index];
        if (isMap(item) || isScalar(item) || isSeq(item)) {
          this.lines.set(inner.join('\u0000'), this.lineAt(item));
        }
        return this.convert(item, inner, depth + 1);
      });
      return withTag(node.tag, value);
    }
    if (!isScalar(node)) {
      return null;
    }
    const { value } = node;
    const plain =
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value === null
        ? value
        : String(value ?? '');
    return withTag(node.tag, plain);
  }

  read(): PositionedDocument {
    const value = this.convert(this.document.contents, [], 0);
    const first = this.document.contents
      ? this.lineAt(this.document.contents)
      : 1;
    return {
      value,
      line: first,
      lineOf: path => {
        for (let length = path.length; length > 0; length -= 1) {
          const line = this.lines.get(path.slice(0, length).join('\u0000'));
          if (line !== undefined) {
            return line;
          }
        }
        return first;
      },
    };
  }
}

/** Reads every document of a YAML or JSON file. What cannot be read is told, never thrown. */
export function readYamlDocuments(
  content: string,
  file: string,
): {
  documents: readonly PositionedDocument[];
  unchecked: readonly Unchecked[];
} {
  const counter = new LineCounter();
  const unchecked: Unchecked[] = [];
  const parsed = parseAllDocuments(content, {
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  const documents = (Array.isArray(parsed) ? parsed : []).flatMap(document => {
    const [error] = document.errors;
    if (error) {
      const { line } = counter.linePos(error.pos[0]);
      unchecked.push({
        file,
        line,
        reason: `The YAML cannot be read: ${error.message}`,
      });
      return [];
    }
    if (document.contents === null) {
      return [];
    }
    try {
      return [new DocumentReader(document, counter).read()];
    } catch (thrown) {
      if (!(thrown instanceof TooLarge)) {
        throw thrown;
      }
      unchecked.push({
        file,
        reason: 'The YAML unfolds to more than can be looked at',
      });
      return [];
    }
  });
  return { documents, unchecked };
}

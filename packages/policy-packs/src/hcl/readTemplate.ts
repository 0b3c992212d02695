import type { HclExpression } from './ast';
import type { HclReader } from './HclReader';
import { HclReader as Reader } from './HclReader';

/** Reads the expression inside `${…}`. Given by the expression grammar, which needs templates itself. */
export type ReadExpression = (reader: HclReader) => HclExpression;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

function readEscape(reader: HclReader): string {
  const next = reader.text[reader.at + 1];
  const simple = ESCAPES[next];
  if (simple !== undefined) {
    reader.at += 2;
    return simple;
  }
  const digits = { u: 4, U: 8 }[next];
  const code =
    digits && reader.text.slice(reader.at + 2, reader.at + 2 + digits);
  if (!digits || !code || !/^[\da-f]+$/i.test(code)) {
    return reader.fail(`Unknown escape \\${next ?? ''} in a string`);
  }
  reader.at += 2 + digits;
  const point = parseInt(code, 16);
  return point <= 0x10ffff
    ? String.fromCodePoint(point)
    : reader.fail('An escape names no character');
}

/** Reads over `%{ … }`, strings in it included. What directives do is not worked out. */
function readDirective(reader: HclReader): HclExpression {
  const { line, at: start } = reader;
  reader.at += 2;
  while (!reader.atEnd && !reader.sees('}')) {
    if (reader.sees('"')) {
      const end = reader.text.slice(reader.at + 1).search(/(?<!\\)"/);
      if (end < 0) {
        reader.fail('A string is not closed');
      }
      reader.at += end + 2;
    } else {
      reader.at += 1;
    }
  }
  reader.expect('}', 'at the end of a template directive');
  return { kind: 'opaque', text: reader.text.slice(start, reader.at), line };
}

function readInterpolation(
  reader: HclReader,
  readExpression: ReadExpression,
): HclExpression {
  reader.at += 2;
  reader.take('~');
  reader.skip(true);
  const expression = reader.nested(() => readExpression(reader));
  reader.skip(true);
  reader.take('~');
  reader.expect('}', 'at the end of an interpolation');
  return expression;
}

/** Reads template text up to `isEnd`. One literal stays a literal, so that plain strings cost nothing later. */
export function readTemplateParts(
  reader: HclReader,
  readExpression: ReadExpression,
  quoted: boolean,
): HclExpression {
  const { line } = reader;
  const parts: HclExpression[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') {
      parts.push({ kind: 'literal', value: text, line: reader.line });
      text = '';
    }
  };
  for (;;) {
    if (reader.atEnd) {
      if (quoted) {
        reader.fail('A string is not closed');
      }
      break;
    }
    if (quoted && reader.sees('"')) {
      break;
    }
    if (quoted && reader.sees('\n')) {
      reader.fail('A string must not run over the end of its line');
    }
    if (reader.sees('$${') || reader.sees('%%{')) {
      text += `${reader.text[reader.at]}{`;
      reader.at += 3;
    } else if (reader.sees('${')) {
      flush();
      parts.push(readInterpolation(reader, readExpression));
    } else if (reader.sees('%{')) {
      flush();
      parts.push(readDirective(reader));
    } else if (quoted && reader.sees('\\')) {
      text += readEscape(reader);
    } else {
      text += reader.text[reader.at];
      reader.at += 1;
    }
  }
  flush();
  if (parts.length === 0) {
    return { kind: 'literal', value: '', line };
  }
  const [only] = parts;
  return parts.length === 1 &&
    only.kind === 'literal' &&
    typeof only.value === 'string'
    ? { ...only, line }
    : { kind: 'template', parts, line };
}

/** Reads a quoted string, with its interpolations. */
export function readQuoted(
  reader: HclReader,
  readExpression: ReadExpression,
): HclExpression {
  reader.expect('"', 'at the start of a string');
  const template = readTemplateParts(reader, readExpression, true);
  reader.expect('"', 'at the end of a string');
  return template;
}

function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines
    .filter(line => line.trim() !== '')
    .map(line => line.length - line.trimStart().length);
  const least = Math.min(...indents, Infinity);
  return Number.isFinite(least)
    ? lines.map(line => line.slice(least))
    : [...lines];
}

/** Reads `<<EOT` or `<<-EOT` and the text up to its end. */
export function readHeredoc(
  reader: HclReader,
  readExpression: ReadExpression,
): HclExpression {
  const { line } = reader;
  reader.at += 2;
  const flush = reader.take('-');
  const word = reader.identifier();
  const firstBreak = reader.text.indexOf('\n', reader.at);
  if (word === undefined || firstBreak < 0) {
    return reader.fail('A heredoc needs a word, and a text on the next lines');
  }
  let start = firstBreak + 1;
  const lines: string[] = [];
  for (;;) {
    const end = reader.text.indexOf('\n', start);
    const current = reader.text.slice(start, end < 0 ? undefined : end);
    if (current.trim() === word) {
      reader.at = start + current.length;
      break;
    }
    if (end < 0) {
      return reader.fail(`The heredoc ${word} is not closed`);
    }
    lines.push(current);
    start = end + 1;
  }
  const text = (flush ? withoutIndent(lines) : lines)
    .map(current => `${current}\n`)
    .join('');
  return readTemplateParts(new Reader(text, line + 1), readExpression, false);
}

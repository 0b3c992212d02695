import { RegoError } from '../RegoError';
import type { Location } from './ast';

/** A word, sign or literal of a policy. */
export interface Token {
  readonly type:
    | 'identifier'
    | 'number'
    | 'string'
    | 'template'
    | 'sign'
    | 'end';
  /** The sign or word, or the text of the literal without its quotes and escapes. */
  readonly text: string;
  readonly at: Location;
  /** The offset behind it. */
  readonly end: number;
  /** Whether a line break or the like came before it. */
  readonly newline: boolean;
  /** The pieces of a template string: texts, and expressions as they were written. */
  readonly parts?: ReadonlyArray<string | { text: string; at: Location }>;
}

const SIGNS = [':=', '==', '!=', '<=', '>='];
const SINGLE = '{}[]().,;:|&+-*/%=<>';
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER =
  /(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Splits the text of a policy into tokens; comments are left out. Throws `rego_parse_error`. */
export function scan(text: string, file: string, from?: Location): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let row = from?.row ?? 1;
  let lineStart = from ? -(from.column - 1) : 0;
  let newline = false;
  const shift = from?.offset ?? 0;
  const here = (): Location => ({
    file,
    row,
    column: offset - lineStart + 1,
    offset: offset + shift,
  });
  const fail = (message: string): never => {
    throw new RegoError('rego_parse_error', message, here());
  };
  const push = (
    type: Token['type'],
    value: string,
    end: number,
    parts?: Token['parts'],
  ): void => {
    tokens.push({
      type,
      text: value,
      at: here(),
      end: end + shift,
      newline,
      parts,
    });
    newline = false;
    for (let i = offset; i < end; i++) {
      if (text[i] === '\n') {
        row += 1;
        lineStart = i + 1;
      }
    }
    offset = end;
  };
  const readEscape = (at: number): [string, number] => {
    const char = text[at + 1];
    if (char === 'u') {
      const hex = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6))?.[0];
      if (!hex) return fail('illegal escape: \\u needs four hex digits');
      return [String.fromCharCode(parseInt(hex, 16)), at + 6];
    }
    const plain = ESCAPES[char];
    if (plain === undefined) return fail(`illegal escape \\${char ?? ''}`);
    return [plain, at + 2];
  };
  const readString = (): void => {
    let value = '';
    let at = offset + 1;
    for (;;) {
      const char = text[at];
      if (char === undefined || char === '\n') fail('non-terminated string');
      if (char === '"') break;
      if (char === '\\') {
        const [plain, next] = readEscape(at);
        value += plain;
        at = next;
      } else {
        value += char;
        at += 1;
      }
    }
    push('string', value, at + 1);
  };
  const readRaw = (): void => {
    const end = text.indexOf('`', offset + 1);
    if (end < 0) fail('non-terminated raw string');
    push('string', text.slice(offset + 1, end).replace(/\r/g, ''), end + 1);
  };
  const readTemplate = (): void => {
    const raw = text[offset + 1] === '`';
    const close = raw ? '`' : '"';
    const parts: Array<string | { text: string; at: Location }> = [];
    let value = '';
    let at = offset + 2;
    for (;;) {
      const char = text[at];
      if (char === undefined || (!raw && char === '\n')) {
        fail('non-terminated template string');
      }
      if (char === close) break;
      if (char === '\\' && text[at + 1] === '{') {
        value += '{';
        at += 2;
      } else if (char === '\\' && !raw) {
        const [plain, next] = readEscape(at);
        value += plain;
        at = next;
      } else if (char === '{') {
        if (value) parts.push(value);
        value = '';
        const end = endOfExpression(text, at + 1);
        if (end < 0) fail('non-terminated template expression');
        const start = here();
        let partRow = start.row;
        let partLine = lineStart;
        for (let i = offset; i < at + 1; i++) {
          if (text[i] === '\n') {
            partRow += 1;
            partLine = i + 1;
          }
        }
        parts.push({
          text: text.slice(at + 1, end),
          at: {
            file,
            row: partRow,
            column: at + 1 - partLine + 1,
            offset: at + 1 + shift,
          },
        });
        at = end + 1;
      } else {
        value += char;
        at += 1;
      }
    }
    if (value) parts.push(value);
    push('template', '', at + 1, parts);
  };

  while (offset < text.length) {
    const char = text[offset];
    if (char === '\n') {
      offset += 1;
      row += 1;
      lineStart = offset;
      newline = true;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      offset += 1;
    } else if (char === '#') {
      while (offset < text.length && text[offset] !== '\n') offset += 1;
    } else if (char === '"') {
      readString();
    } else if (char === '`') {
      readRaw();
    } else if (
      char === '$' &&
      (text[offset + 1] === '"' || text[offset + 1] === '`')
    ) {
      readTemplate();
    } else if (startsNumber(text, offset)) {
      NUMBER.lastIndex = offset;
      const number = NUMBER.exec(text)![0];
      const after = text[offset + number.length];
      if (after !== undefined && /[0-9A-Za-z_]/.test(after)) {
        fail('illegal number format');
      }
      push('number', number, offset + number.length);
    } else {
      WORD.lastIndex = offset;
      const word = WORD.exec(text)?.[0];
      const two = text.slice(offset, offset + 2);
      const sign = SIGNS.includes(two) ? two : undefined;
      if (word) push('identifier', word, offset + word.length);
      else if (sign) push('sign', sign, offset + sign.length);
      else if (SINGLE.includes(char)) push('sign', char, offset + 1);
      else fail(`illegal token ${JSON.stringify(char)}`);
    }
  }
  push('end', '', offset);
  return tokens;
}

function startsNumber(text: string, at: number): boolean {
  return /[0-9]/.test(text[at] === '.' ? text.charAt(at + 1) : text[at]);
}

/** The offset of the brace that ends an expression in a template string, or -1. */
function endOfExpression(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\') at += 1;
        at += 1;
      }
    } else if (char === '`') {
      at = text.indexOf('`', at + 1);
      if (at < 0) return -1;
    } else if (char === '#') {
      while (at < text.length && text[at] !== '\n') at += 1;
    } else if (char === '{') {
      depth += 1;
    } else if (char === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

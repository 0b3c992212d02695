import type { HclExpression, HclObjectItem } from './ast';
import type { HclReader } from './HclReader';
import { readFor } from './readFor';
import { readHeredoc, readQuoted } from './readTemplate';

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const CONSTANTS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
// From loosest to tightest.
const OPERATORS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads expressions of HCL. Inside brackets an expression may run over line ends, outside it may not. */
class ExpressionGrammar {
  private brackets = 0;

  constructor(private readonly reader: HclReader) {}

  private skip(): void {
    this.reader.skip(this.brackets > 0);
  }

  private inBrackets<T>(read: () => T): T {
    this.brackets += 1;
    const result = this.reader.nested(read);
    this.brackets -= 1;
    return result;
  }

  read(): HclExpression {
    const { line } = this.reader;
    const test = this.binary(0);
    this.skip();
    if (!this.reader.sees('?')) {
      return test;
    }
    this.reader.at += 1;
    this.skip();
    const then = this.reader.nested(() => this.read());
    this.skip();
    this.reader.expect(':', 'in a conditional');
    this.skip();
    const otherwise = this.reader.nested(() => this.read());
    return { kind: 'conditional', test, then, otherwise, line };
  }

  private binary(level: number): HclExpression {
    if (level === OPERATORS.length) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (;;) {
      this.skip();
      const operator = OPERATORS[level].find(
        candidate =>
          this.reader.sees(candidate) &&
          !this.reader.sees('//') &&
          !this.reader.sees('/*'),
      );
      if (operator === undefined) {
        return left;
      }
      const { line } = this.reader;
      this.reader.at += operator.length;
      this.skip();
      left = {
        kind: 'binary',
        operator,
        left,
        right: this.binary(level + 1),
        line,
      };
    }
  }

  private unary(): HclExpression {
    const { line } = this.reader;
    for (const operator of ['!', '-']) {
      if (this.reader.take(operator)) {
        this.skip();
        const operand = this.reader.nested(() => this.unary());
        return { kind: 'unary', operator, operand, line };
      }
    }
    return this.postfix(this.primary());
  }

  private postfix(start: HclExpression): HclExpression {
    const { reader } = this;
    let target = start;
    for (;;) {
      const before = reader.at;
      this.skip();
      const { line } = reader;
      if (reader.sees('...')) {
        reader.at = before;
        return target;
      }
      if (reader.take('.')) {
        this.skip();
        target = this.member(target, line);
      } else if (reader.take('[')) {
        const indexed = target;
        target = this.inBrackets(() => this.subscript(indexed, line));
      } else {
        reader.at = before;
        return target;
      }
    }
  }

  private member(target: HclExpression, line: number): HclExpression {
    const { reader } = this;
    if (reader.take('*')) {
      return { kind: 'splat', target, line };
    }
    const name = reader.identifier();
    if (name !== undefined) {
      return { kind: 'access', target, name, line };
    }
    const digits = /\d+/y;
    digits.lastIndex = reader.at;
    const index = digits.exec(reader.text)?.[0];
    if (index === undefined) {
      return reader.fail('Expected a name after the dot');
    }
    reader.at += index.length;
    return {
      kind: 'index',
      target,
      key: { kind: 'literal', value: Number(index), line },
      line,
    };
  }

  private subscript(target: HclExpression, line: number): HclExpression {
    const { reader } = this;
    this.skip();
    const splat = reader.take('*');
    const key = splat ? undefined : this.read();
    this.skip();
    reader.expect(']', 'at the end of an index');
    return key === undefined
      ? { kind: 'splat', target, line }
      : { kind: 'index', target, key, line };
  }

  private primary(): HclExpression {
    const { reader } = this;
    const { line } = reader;
    if (reader.sees('"')) {
      return readQuoted(reader, readExpression);
    }
    if (reader.sees('<<')) {
      return readHeredoc(reader, readExpression);
    }
    if (reader.take('(')) {
      return this.inBrackets(() => {
        this.skip();
        const inner = this.read();
        this.skip();
        reader.expect(')', 'at the end of the brackets');
        return inner;
      });
    }
    if (reader.take('[')) {
      return this.inBrackets(() => this.tuple(line));
    }
    if (reader.take('{')) {
      return this.inBrackets(() => this.object(line));
    }
    NUMBER.lastIndex = reader.at;
    const number = NUMBER.exec(reader.text)?.[0];
    if (number !== undefined) {
      reader.at += number.length;
      return { kind: 'literal', value: Number(number), line };
    }
    return this.named(line);
  }

  private named(line: number): HclExpression {
    const { reader } = this;
    const parts = [reader.identifier()];
    while (parts[0] !== undefined && reader.take('::')) {
      parts.push(reader.identifier());
    }
    const name = parts.join('::');
    if (parts.includes(undefined)) {
      return reader.fail('Expected an expression');
    }
    if (reader.take('(')) {
      return this.inBrackets(() => ({
        kind: 'call',
        name,
        args: this.list(')'),
        line,
      }));
    }
    const constant = CONSTANTS.get(name);
    return constant === undefined
      ? { kind: 'variable', name, line }
      : { kind: 'literal', value: constant, line };
  }

  private list(end: string): HclExpression[] {
    const { reader } = this;
    const items: HclExpression[] = [];
    for (;;) {
      this.skip();
      if (reader.take(end)) {
        return items;
      }
      items.push(this.read());
      this.skip();
      reader.take('...');
      this.skip();
      if (!reader.take(',') && !reader.sees(end)) {
        return reader.fail(`Expected , or ${end} in a list`);
      }
    }
  }

  private tuple(line: number): HclExpression {
    this.skip();
    if (this.reader.takeWord('for')) {
      return readFor(this.reader, () => this.read(), ']', line);
    }
    return { kind: 'tuple', items: this.list(']'), line };
  }

  private object(line: number): HclExpression {
    const { reader } = this;
    this.skip();
    const start = reader.at;
    if (reader.takeWord('for')) {
      this.skip();
      if (!reader.sees('=') && !reader.sees(':')) {
        return readFor(reader, () => this.read(), '}', line);
      }
      reader.at = start;
    }
    const items: HclObjectItem[] = [];
    for (;;) {
      this.skip();
      if (reader.take('}')) {
        return { kind: 'object', items, line };
      }
      items.push(this.objectItem());
      reader.skip(false);
      if (!reader.take(',') && !reader.sees('\n') && !reader.sees('}')) {
        return reader.fail('Expected a line end, , or } after an item');
      }
    }
  }

  private objectItem(): HclObjectItem {
    const { reader } = this;
    const key = this.read();
    this.skip();
    if (!reader.take('=') && !reader.take(':')) {
      reader.fail('Expected = after the key of an object');
    }
    this.skip();
    const outer = this.brackets;
    // The value of an item ends with its line, although the object does not.
    this.brackets = 0;
    const value = this.read();
    this.brackets = outer;
    return { key, value };
  }
}

/** Reads one expression where the reader stands. */
export function readExpression(reader: HclReader): HclExpression {
  return new ExpressionGrammar(reader).read();
}

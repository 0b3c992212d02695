import type { HclExpression } from './ast';
import type { HclReader } from './HclReader';

/** Reads the rest of `[for …]` or `{for …}`, up to its closing bracket. */
export function readFor(
  reader: HclReader,
  read: () => HclExpression,
  end: string,
  line: number,
): HclExpression {
  const skip = () => reader.skip(true);
  const names: string[] = [];
  do {
    skip();
    names.push(reader.identifier() ?? reader.fail('Expected a name in for'));
    skip();
  } while (reader.take(','));
  if (!reader.takeWord('in')) {
    reader.fail('Expected in');
  }
  skip();
  const over = read();
  skip();
  reader.expect(':', 'in for');
  skip();
  const first = read();
  skip();
  let second: HclExpression | undefined;
  if (end === '}') {
    reader.expect('=>', 'in for');
    skip();
    second = read();
    skip();
    reader.take('...');
    skip();
  }
  let only: HclExpression | undefined;
  if (reader.takeWord('if')) {
    skip();
    only = read();
    skip();
  }
  reader.expect(end, 'at the end of for');
  return second === undefined
    ? { kind: 'for', names, over, value: first, only, line }
    : { kind: 'for', names, over, key: first, value: second, only, line };
}

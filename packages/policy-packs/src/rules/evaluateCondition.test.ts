import type { Resource } from '../documents/Resource';
import { Unknown } from '../documents/Value';
import type { ValueObject } from '../documents/Value';
import {
  all,
  any,
  between,
  every,
  is,
  isOrUnset,
  isSet,
  matches,
  not,
  referredBy,
  refersTo,
  some,
} from './Condition';
import { evaluateCondition } from './evaluateCondition';

function aResource(
  type: string,
  name: string,
  attributes: ValueObject,
): Resource {
  const address = `${type}.${name}`;
  return {
    platform: 'terraform',
    type,
    name,
    address,
    names: [address],
    attributes,
    file: 'main.tf',
    line: 1,
    lineOf: () => 1,
  };
}

const unknown = new Unknown('var.x');
const reference = (to: string) => new Unknown(`${to}.id`, [to], true);

describe('evaluateCondition', () => {
  it.each([
    ['a value that is missing', is('a', true), {}, false],
    ['a value that is null', is('a', true), { a: null }, false],
    ['a value', is('a', true), { a: true }, true],
    ['a value written as text', is('a', true), { a: 'true' }, true],
    ['an unknown value', is('a', true), { a: unknown }, 'unknown'],
    [
      'the wrong value beside an unknown one',
      is('a.b', 1),
      { a: [{ b: 2 }, { b: unknown }] },
      false,
    ],
    [
      'the right value beside an unknown one',
      is('a.b', 1),
      { a: [{ b: 1 }, { b: unknown }] },
      'unknown',
    ],
    ['an unknown block', is('a.b', 1), { a: unknown }, 'unknown'],
    ['what is set', isSet('a'), { a: 'x' }, true],
    ['what is empty', isSet('a'), { a: '' }, false],
    [
      'a reference to what will be there',
      isSet('a'),
      { a: reference('x.y') },
      true,
    ],
    ['what may be null', isSet('a'), { a: unknown }, 'unknown'],
    ['a default', isOrUnset('a', true), {}, true],
    ['not the default', isOrUnset('a', true), { a: false }, false],
    ['a number in bounds', between('a', 1, 3), { a: '3' }, true],
    ['a number out of bounds', between('a', 1, 3), { a: 4 }, false],
    ['a text', matches('a', /^x/), { a: 'xy' }, true],
    ['not an unknown', not(is('a', 1)), { a: unknown }, 'unknown'],
    ['all of nothing', all(), {}, true],
    ['any of nothing', any(), {}, false],
    [
      'all with one unknown',
      all(is('a', 1), is('b', 1)),
      { a: 1, b: unknown },
      'unknown',
    ],
    [
      'all with one false',
      all(is('a', 2), is('b', 1)),
      { a: 1, b: unknown },
      false,
    ],
    [
      'any with one true',
      any(is('a', 1), is('b', 1)),
      { a: 1, b: unknown },
      true,
    ],
    ['some item', some('a', is('b', 2)), { a: [{ b: 1 }, { b: 2 }] }, true],
    ['every item of none', every('a', is('b', 2)), {}, true],
    [
      'every item of an unknown list',
      every('a', is('b', 2)),
      { a: unknown },
      'unknown',
    ],
  ])('answers %s', (_what, condition, attributes, expected) => {
    const resource = aResource('t', 'n', attributes as ValueObject);
    expect(evaluateCondition(condition, resource, { ofType: () => [] })).toBe(
      expected,
    );
  });

  it('finds what refers to a resource, and what it refers to', () => {
    const bucket = aResource('bucket', 'b', { bucket: 'logs' });
    const block = aResource('block', 'p', {
      bucket: reference('bucket.b'),
      closed: true,
    });
    const byName = aResource('block', 'q', { bucket: 'logs', closed: false });
    const surroundings = {
      ofType: (type: string) =>
        [bucket, block, byName].filter(one => one.type === type),
    };
    const ask = (closed: boolean) =>
      evaluateCondition(
        referredBy(['block'], 'bucket', is('closed', closed)),
        bucket,
        surroundings,
      );
    expect([ask(true), ask(false)]).toEqual([true, true]);
    expect(
      evaluateCondition(
        refersTo(['bucket'], 'bucket', is('bucket', 'logs')),
        block,
        surroundings,
      ),
    ).toBe(true);
    expect(
      evaluateCondition(
        referredBy(['block'], 'bucket'),
        aResource('bucket', 'c', {}),
        surroundings,
      ),
    ).toBe(false);
  });
});

import { withoutStacks } from './withoutStacks';

describe('withoutStacks', () => {
  it.each([
    ['a text', 'not found', 'not found'],
    ['a list', [1], [1]],
    ['nothing', null, null],
    [
      'an error with a cause',
      {
        error: {
          name: 'InputError',
          message: 'no',
          stack: 'at x (y.ts:1:1)',
          cause: { name: 'TypeError', stack: 'at z' },
        },
        response: { statusCode: 400 },
      },
      {
        error: {
          name: 'InputError',
          message: 'no',
          cause: { name: 'TypeError' },
        },
        response: { statusCode: 400 },
      },
    ],
  ])('answers %s', (_what, body, answer) => {
    expect(withoutStacks(body)).toEqual(answer);
  });
});

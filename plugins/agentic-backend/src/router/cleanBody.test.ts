import type { Request, Response } from 'express';
import { cleanBody } from './cleanBody';

describe('cleanBody', () => {
  it.each<[string, unknown, unknown]>([
    [
      'texts at any depth',
      { a: 'x\u202Ecod.exe', b: [{ c: '\u001b[31mred\u001b[0m\r\nnext' }] },
      { a: 'xcod.exe', b: [{ c: 'red\nnext' }] },
    ],
    ['no other value', { n: 1, t: true, z: null }, { n: 1, t: true, z: null }],
    ['no body', undefined, undefined],
    ['a body that is a text', 'a\u200Bb', 'ab'],
  ])('cleans %s', (_what, body, clean) => {
    const req = { body } as Request;
    let passed = false;
    cleanBody(req, {} as Response, () => {
      passed = true;
    });
    expect(req.body).toEqual(clean);
    expect(passed).toBe(true);
  });

  it('makes no property out of a hostile name', () => {
    const req = {
      body: JSON.parse('{"__proto__":{"admin":true}}'),
    } as Request;
    cleanBody(req, {} as Response, () => undefined);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(Object.keys(req.body)).toEqual(['__proto__']);
  });
});

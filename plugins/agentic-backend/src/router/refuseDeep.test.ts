import type { NextFunction, Request, Response } from 'express';
import { refuseDeep } from './refuseDeep';

function answerTo(body: unknown): unknown {
  let answer: unknown = 'nobody was asked';
  const next: NextFunction = error => {
    answer = error?.name ?? 'passed on';
  };
  refuseDeep({ body } as Request, {} as Response, next);
  return answer;
}

const lists = (depth: number): unknown =>
  JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const objects = (depth: number): unknown =>
  JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

describe('refuseDeep', () => {
  it.each([
    ['nothing', undefined, 'passed on'],
    ['null', null, 'passed on'],
    ['a text', 'x', 'passed on'],
    ['a request', { parameters: { serviceName: 'a' } }, 'passed on'],
    ['many fields', { list: new Array(50_000).fill({ a: 1 }) }, 'passed on'],
    ['lists 32 deep', lists(32), 'passed on'],
    ['lists 34 deep', lists(34), 'InputError'],
    ['lists 100,000 deep', lists(100_000), 'InputError'],
    ['objects 33 deep', objects(33), 'InputError'],
    ['objects 40,000 deep', objects(40_000), 'InputError'],
  ])('answers %s', (_what, body, answer) => {
    expect(answerTo(body)).toBe(answer);
  });
});

import { findErrorLines } from './findErrorLines';

describe('findErrorLines', () => {
  it.each([
    '{"level":"error","msg":"no connection"}',
    '{"level":50,"msg":"no connection"}',
    '{"level":60,"msg":"gave up"}',
    '{"severity":"ERROR","message":"no connection"}',
    'ERROR: no connection',
    '[ERROR] no connection',
    '2026-11-21T10:00:00Z ERROR no connection',
    'UnhandledPromiseRejection: reason',
  ])('counts %s', line => {
    expect(findErrorLines([line])).toEqual([line]);
  });

  it.each([
    '{"level":"info","msg":"ERROR page rendered"}',
    '{"level":30,"msg":"listening"}',
    '{"level":"info","errors":0}',
    'listening on 8080',
    'error handling is on',
    '{"level":"error","msg": cut off in the middle',
    '',
  ])('does not count %s', line => {
    expect(findErrorLines([line])).toEqual([]);
  });
});

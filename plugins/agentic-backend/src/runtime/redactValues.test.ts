import fc from 'fast-check';
import { SecretMasks, SECRET_MASK } from './redactValues';

const PASSWORD = 'p@ss/w+rd "quoted" \\ <tag> & ünï';

describe('SecretMasks', () => {
  const basic = (user: string) =>
    Buffer.from(`${user}:${PASSWORD}`).toString('base64');
  const inUrl = new URL('postgres://app@db/users');
  inUrl.password = PASSWORD;

  it.each<[string, string]>([
    ['as it is', `login failed with ${PASSWORD}!`],
    ['twice', `${PASSWORD}${PASSWORD}`],
    ['JSON', JSON.stringify({ password: PASSWORD })],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ password: PASSWORD }))],
    ['a part of a URL', `?p=${encodeURIComponent(PASSWORD)}&x=1`],
    ['a form', new URLSearchParams({ p: PASSWORD }).toString()],
    ['a connection string', inUrl.href],
    ['lower-case escapes', encodeURIComponent(PASSWORD).toLowerCase()],
    ['base64', Buffer.from(PASSWORD).toString('base64')],
    ['base64url', Buffer.from(PASSWORD).toString('base64url')],
    ['basic auth, user of 1', `Authorization: Basic ${basic('a')}`],
    ['basic auth, user of 2', `Authorization: Basic ${basic('ab')}`],
    ['basic auth, user of 3', `Authorization: Basic ${basic('abc')}`],
    ['hexadecimal', Buffer.from(PASSWORD).toString('hex')],
    [
      'HTML',
      PASSWORD.replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/"/g, '&quot;'),
    ],
  ])('masks %s', (_what, text) => {
    const masks = new SecretMasks();
    masks.hold(PASSWORD);
    const clean = masks.mask(text);
    expect(clean).toContain(SECRET_MASK);
    // Lower-cased, the letters of a value say as much as the value.
    expect(clean.toLowerCase()).not.toMatch(/p@ss|p%40ss|w%2b?rd|quoted/);
    const words = clean.split(/[^A-Za-z0-9+/_=-]+/);
    for (const word of words) {
      const decoded = Buffer.from(word, 'base64').toString('utf8');
      expect(decoded).not.toMatch(/ss\/w|quot|tag/);
    }
  });

  it('finds any value in any surroundings, and leaves the surroundings', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 60 }),
        fc.string(),
        fc.string(),
        (value, before, after) => {
          fc.pre(!/^\s|\s$/.test(value));
          fc.pre(!`${before}${SECRET_MASK}${after}`.includes(value));
          const masks = new SecretMasks();
          masks.hold(value);
          for (const text of [
            `${before}${value}${after}`,
            JSON.stringify({ [before]: [after, value] }),
            Buffer.from(`${before}${value}${after}`).toString('base64'),
          ]) {
            expect(masks.finds(text)).toBe(true);
          }
          expect(masks.mask(before).length).toBeLessThanOrEqual(
            before.length + SECRET_MASK.length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('masks the lines of a key that is shown line by line', () => {
    const masks = new SecretMasks();
    const body = Array.from({ length: 3 }, (_, i) => `${i}`.repeat(64));
    masks.hold(`-----BEGIN KEY-----\n${body.join('\n')}\n-----END KEY-----\n`);
    expect(masks.mask(`line: ${body[1]} end`)).toBe(`line: ${SECRET_MASK} end`);
  });

  it('masks values and names at any depth, and leaves other things as they are', () => {
    const masks = new SecretMasks();
    const at = new Date();
    const before = { a: [{ [PASSWORD]: PASSWORD }], at, n: 1, no: undefined };
    expect(masks.maskDeep(before)).toBe(before);
    masks.hold(PASSWORD);
    expect(masks.maskDeep(before)).toEqual({
      a: [{ [SECRET_MASK]: SECRET_MASK }],
      at,
      n: 1,
      no: undefined,
    });
  });

  it('masks an error with its stack, its fields and its causes, and keeps its class', () => {
    const masks = new SecretMasks();
    masks.hold(PASSWORD);
    const error = new TypeError(`bad ${PASSWORD}`, {
      cause: Object.assign(new Error(`inner ${PASSWORD}`), {
        response: { body: PASSWORD },
      }),
    });
    const masked = masks.maskError(error);
    expect(masked).toBeInstanceOf(TypeError);
    const said = [
      masked.message,
      masked.stack,
      (masked.cause as Error).message,
      (masked.cause as Error).stack,
      JSON.stringify(masked.cause),
    ].join('\n');
    expect(said).not.toContain('quoted');
    expect(said).toContain(SECRET_MASK);
  });

  it('forgets a value when nobody holds it and its time is over', () => {
    let now = 0;
    const masks = new SecretMasks({ graceMs: 1000, now: () => now });
    const [first, second] = [masks.hold(PASSWORD), masks.hold(PASSWORD)];
    first();
    first();
    now = 5000;
    expect(masks.finds(PASSWORD)).toBe(true);
    second();
    now = 5900;
    expect(masks.finds(PASSWORD)).toBe(true);
    now = 6000;
    expect(masks.finds(PASSWORD)).toBe(false);
  });

  it('masks the longer of two values that share a beginning as a whole', () => {
    const masks = new SecretMasks();
    masks.hold('abcdef');
    masks.hold('abcdefghijkl');
    expect(masks.mask('x abcdefghijkl abcdef y')).toBe(
      `x ${SECRET_MASK} ${SECRET_MASK} y`,
    );
  });

  it('stays quick, and forgets the oldest of many values that were let go', () => {
    const masks = new SecretMasks();
    const value = (n: number) => `a value that is number ${n} of many`;
    const start = Date.now();
    for (let n = 0; n < 1000; n++) {
      masks.hold(value(n))();
      masks.mask('a line of the log');
    }
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(masks.finds(value(999))).toBe(true);
    expect(masks.finds(value(0))).toBe(false);
  });
});

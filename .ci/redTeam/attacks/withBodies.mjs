import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

const MEGABYTES = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

const bomb = Buffer.from(
  JSON.stringify({ description: ' '.repeat(64 * MEGABYTES) }),
);
const deepList = depth => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = depth => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** What a body may be made of to hurt whoever reads it. */
const BODIES = [
  ['10 MB of text', `{"description":"${'a'.repeat(10 * MEGABYTES)}"}`, {}, 413],
  ['257 KB of blanks', `{${' '.repeat(257 * 1024)}}`, {}, 413],
  [
    '64 MB behind gzip',
    gzipSync(bomb),
    { 'content-encoding': 'gzip' },
    [400, 413],
  ],
  [
    '64 MB behind deflate',
    deflateSync(bomb),
    { 'content-encoding': 'deflate' },
    [400, 413],
  ],
  [
    '64 MB behind brotli',
    brotliCompressSync(bomb),
    { 'content-encoding': 'br' },
    [400, 413, 415],
  ],
  [
    'gzip in gzip',
    gzipSync(gzipSync(bomb)),
    { 'content-encoding': 'gzip' },
    [400, 413],
  ],
  [
    'two encodings',
    gzipSync(gzipSync('{}')),
    { 'content-encoding': 'gzip, gzip' },
    [400, 415],
  ],
  ['gzip that is none', 'not gzip', { 'content-encoding': 'gzip' }, 400],
  [
    'gzip that is cut off',
    gzipSync('{"description":"x"}').subarray(0, 15),
    { 'content-encoding': 'gzip' },
    400,
  ],
  [
    'an encoding nobody knows',
    '{}',
    { 'content-encoding': 'zstd-max' },
    [400, 415],
  ],
  [
    'a character set nobody knows',
    '{}',
    { 'content-type': 'application/json; charset=ebcdic' },
    [400, 415],
  ],
  [
    'another type',
    'decision=approve',
    { 'content-type': 'text/plain' },
    [400, 415],
  ],
  [
    'XML with an entity',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    { 'content-type': 'application/xml' },
    [400, 415],
  ],
  [
    'YAML',
    'description: !!js/function "function(){}"',
    { 'content-type': 'application/yaml' },
    [400, 415],
  ],
  ['lists 100 deep', deepList(100), {}, 400],
  ['lists 100,000 deep', deepList(100_000), {}, 400],
  ['objects 40,000 deep', deepObject(40_000), {}, 400],
  [
    'depth in a field that is known',
    `{"parameters":${deepObject(30_000)}}`,
    {},
    400,
  ],
  [
    'depth in a list of a field',
    `{"description":${deepList(60_000)}}`,
    {},
    400,
  ],
  [
    '20,000 fields',
    JSON.stringify(
      Object.fromEntries([...Array(20_000).keys()].map(n => [`f${n}`, 1])),
    ),
    {},
    [400, 413],
  ],
  ['half a document', '{"description":"x', {}, 400],
  [
    'bytes that are no text',
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    {},
    400,
  ],
  ['NUL in a value', '{"description":"a\\u0000b"}', {}, 400],
  ['NUL in a name', '{"a\\u0000b":1}', {}, 400],
  ['NUL as it is', '{"description":"a\0b"}', {}, 400],
  ['half a character', '{"template":"\\ud800"}', {}, 400],
  ['a number too large', '{"parameters":{"port":1e400}}', {}, 400],
  ['a port that is text', '{"parameters":{"port":"8080; rm -rf /"}}', {}, 400],
  ['nothing', '', {}, 400],
  ['null', 'null', {}, 400],
  ['a list', '[]', {}, 400],
  ['a text', '"x"', {}, 400],
  ['a number', '7', {}, 400],
  ['__proto__', '{"__proto__":{"dryRun":true}}', {}, 400],
  [
    '__proto__ in parameters',
    '{"parameters":{"__proto__":{"serviceName":"polluted"}}}',
    {},
    400,
  ],
  [
    'constructor.prototype',
    '{"constructor":{"prototype":{"polluted":true}}}',
    {},
    400,
  ],
  ['a getter by name', '{"__defineGetter__":"x"}', {}, 400],
  ['toString', '{"toString":"x"}', {}, 400],
  ['toJSON', '{"toJSON":"x"}', {}, 400],
  ['a key of the database', '{"parameters":{"$where":"1"}}', {}, 400],
];

/** Bodies that are too large, too deep, packed, broken or poisoned, for each route that reads one. */
export function withBodies({ ids, approvals }) {
  const targets = [
    ['ada', '/workflows'],
    ['ada', '/generate'],
    ['ada', `/workflows/${ids.staging}/cancel`],
    ['ben', `/approvals/${approvals.staging.approvalId}/decision`],
  ];
  return targets.flatMap(([as, path]) =>
    BODIES.filter(
      // The reason of a control may be left out, so nothing at all is a wish.
      ([what]) =>
        !(
          path.endsWith('/cancel') &&
          [
            'nothing',
            'another type',
            'XML with an entity',
            'YAML',
            'null',
          ].includes(what)
        ),
    ).map(([what, body, headers, refused]) => ({
      name: `${path.replace(/[\w-]{15,}/, '…')} with ${what}`,
      as,
      method: 'POST',
      path,
      body,
      headers: { ...JSON_TYPE, ...headers },
      refused,
    })),
  );
}

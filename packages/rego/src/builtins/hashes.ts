import {
  createHash,
  createHmac,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import type { Shared } from '../evaluate/Context';
import { normal, RegoObject, type Value } from '../values/value';
import { BuiltinError, integer, text, type Builtin } from './Builtin';

const hash =
  (algorithm: string): Builtin =>
  args =>
    createHash(algorithm).update(text(args, 0)).digest('hex');
const hmac =
  (algorithm: string): Builtin =>
  args =>
    createHmac(algorithm, text(args, 1)).update(text(args, 0)).digest('hex');

/** A value that is random, but the same for one key throughout an evaluation. */
function remembered(shared: Shared, key: string, make: () => Value): Value {
  let value = shared.remembered.get(key);
  if (value === undefined) {
    value = make();
    shared.remembered.set(key, value);
  }
  return value;
}

const VARIANTS = ['NCS', 'RFC4122', 'Microsoft', 'Future'];

function parseUuid(value: string): RegoObject | undefined {
  // Of 38 characters the first and last are taken for braces, whatever they are.
  const bare =
    value.length === 38 ? value.slice(1, -1) : value.replace(/^urn:uuid:/i, '');
  const hex = bare.replace(/-/g, '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const version = bytes[6] >> 4;
  const top = bytes[8];
  const variant = VARIANTS[[0x80, 0xc0, 0xe0].filter(end => top >= end).length];
  const found: Array<readonly [Value, Value]> = [
    ['version', version],
    ['variant', variant],
  ];
  if (version === 1 || version === 2) {
    const low = bytes.readUInt32BE(0);
    const ticks =
      (BigInt(bytes.readUInt16BE(6) & 0x0fff) << 48n) |
      (BigInt(bytes.readUInt16BE(4)) << 32n) |
      BigInt(low);
    const node = bytes.subarray(10);
    const firstByte = node[0];
    found.push(
      ['clocksequence', bytes.readUInt16BE(8) & 0x3fff],
      [
        'nodeid',
        [...node].map(byte => byte.toString(16).padStart(2, '0')).join('-'),
      ],
      [
        'macvariables',
        `${firstByte & 2 ? 'local' : 'global'}:${
          firstByte & 1 ? 'multicast' : 'unicast'
        }`,
      ],
      ['time', normal((ticks - 0x01b21dd213814000n) * 100n)],
    );
    if (version === 2) {
      found.push(
        ['id', low],
        ['domain', ['Person', 'Group', 'Org'][bytes[9]] ?? `Domain${bytes[9]}`],
      );
    }
  }
  return RegoObject.of(found);
}

/** Digests and identifiers. */
export const hashes: Readonly<Record<string, Builtin>> = {
  'crypto.md5': hash('md5'),
  'crypto.sha1': hash('sha1'),
  'crypto.sha256': hash('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': args => {
    const [a, b] = [Buffer.from(text(args, 0)), Buffer.from(text(args, 1))];
    return a.length === b.length && timingSafeEqual(a, b);
  },
  'uuid.rfc4122': (args, shared) =>
    remembered(shared, `uuid ${text(args, 0)}`, () => randomUUID()),
  'uuid.parse': args => parseUuid(text(args, 0)),
  'rand.intn': (args, shared) => {
    const most = Number(integer(args, 1));
    if (most === 0) return 0;
    return remembered(shared, `rand ${text(args, 0)} ${most}`, () =>
      Math.floor(Math.random() * Math.abs(most)),
    );
  },
};

export { BuiltinError };

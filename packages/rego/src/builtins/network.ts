import { isArray, RegoObject, RegoSet, type Value } from '../values/value';
import { BuiltinError, text, texts, type Builtin } from './Builtin';

/** A block of addresses: the first, the last, and how many bits an address has. */
interface Block {
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: 32 | 128;
  readonly prefix: number;
}

function readIpv4(value: string): bigint | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
    .exec(value)
    ?.slice(1);
  if (
    !parts ||
    parts.some(
      part => Number(part) > 255 || (part.length > 1 && part.startsWith('0')),
    )
  )
    return undefined;
  return parts.reduce((all, part) => (all << 8n) | BigInt(part), 0n);
}

function readIpv6(value: string): bigint | undefined {
  let address = value;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (tail) {
    const four = readIpv4(tail[2]);
    if (four === undefined) return undefined;
    address = `${tail[1]}${(four >> 16n).toString(16)}:${(
      four & 0xffffn
    ).toString(16)}`;
  }
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string): string[] =>
    half === '' ? [] : half.split(':');
  const left = groups(halves[0]);
  const right = halves.length === 2 ? groups(halves[1]) : [];
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [
    ...left,
    ...new Array<string>(halves.length === 2 ? missing : 0).fill('0'),
    ...right,
  ];
  if (!all.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function readAddress(
  value: string,
): { address: bigint; bits: 32 | 128 } | undefined {
  const four = readIpv4(value);
  if (four !== undefined) return { address: four, bits: 32 };
  const six = readIpv6(value);
  if (six === undefined) return undefined;
  // An IPv4 address may be written as IPv6.
  return six >> 32n === 0xffffn
    ? { address: six & 0xffffffffn, bits: 32 }
    : { address: six, bits: 128 };
}

function block(address: bigint, bits: 32 | 128, prefix: number): Block {
  const host = BigInt(bits - prefix);
  const first = (address >> host) << host;
  return { first, last: first | ((1n << host) - 1n), bits, prefix };
}

function readBlock(value: string, addressToo: boolean): Block {
  const [address, prefix, ...rest] = value.split('/');
  const found = readAddress(address);
  const bits = address.includes(':') ? 128 : 32;
  if (
    found &&
    rest.length === 0 &&
    prefix !== undefined &&
    /^\d+$/.test(prefix) &&
    Number(prefix) <= bits
  ) {
    const shift = bits === 128 && found.bits === 32 ? 96 : 0;
    return block(found.address, found.bits, Number(prefix) - shift);
  }
  if (found && addressToo && prefix === undefined)
    return block(found.address, found.bits, found.bits);
  throw new BuiltinError(`invalid CIDR address: ${value}`);
}

function contains(outer: Block, inner: Block): boolean {
  return (
    outer.bits === inner.bits &&
    outer.first <= inner.first &&
    inner.last <= outer.last
  );
}

function writeAddress(address: bigint, bits: 32 | 128): string {
  if (bits === 32)
    return [24n, 16n, 8n, 0n].map(shift => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  let best = { from: -1, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === '0') length += 1;
    if (length > best.length) best = { from, length };
  }
  if (best.from < 0) return groups.join(':');
  return `${groups.slice(0, best.from).join(':')}::${groups
    .slice(best.from + best.length)
    .join(':')}`;
}

function expand(value: string): RegoSet {
  const { first, last, bits } = readBlock(value, false);
  if (last - first > 65_536n)
    throw new BuiltinError('the block has more than 65536 addresses');
  const found: string[] = [];
  for (let at = first; at <= last; at++) found.push(writeAddress(at, bits));
  return RegoSet.of(found);
}

/** A block as it is merged: an address alone is one of its old class of networks. */
function readClassful(value: string): Block {
  if (value.includes('/')) return readBlock(value, false);
  const { first, bits } = readBlock(value, true);
  if (bits === 128) throw new BuiltinError('IPv6 invalid: needs prefix length');
  const top = first >> 24n;
  if (top < 128n) return block(first, bits, 8);
  return block(first, bits, top < 192n ? 16 : 24);
}

function merge(values: readonly string[]): RegoSet {
  const result: string[] = [];
  for (const bits of [32, 128] as const) {
    const blocks = values
      .map(readClassful)
      .filter(each => each.bits === bits)
      .sort((a, b) => Number(a.first > b.first) - Number(a.first < b.first));
    const ranges: Array<{ first: bigint; last: bigint }> = [];
    for (const { first, last } of blocks) {
      const previous = ranges[ranges.length - 1];
      if (previous && first <= previous.last + 1n) {
        if (last > previous.last) previous.last = last;
      } else {
        ranges.push({ first, last });
      }
    }
    for (const { first, last } of ranges) {
      let at = first;
      while (at <= last) {
        let host = 0;
        while (
          host < bits &&
          (at >> BigInt(host)) % 2n === 0n &&
          at + (1n << BigInt(host + 1)) - 1n <= last
        )
          host += 1;
        result.push(`${writeAddress(at, bits)}/${bits - host}`);
        at += 1n << BigInt(host);
      }
    }
  }
  return RegoSet.of(result);
}

function named(
  value: Value,
  position: number,
): Array<readonly [Value, string]> {
  const read = (item: Value): string => {
    const address = isArray(item) ? item[0] : item;
    if (isArray(item) && item.length === 0)
      throw new BuiltinError(
        `operand ${position}: array element has to be a string or a non-empty array`,
      );
    if (typeof address !== 'string')
      throw new BuiltinError(
        `operand ${position}: element must be string or non-empty array`,
      );
    return address;
  };
  if (typeof value === 'string') return [[value, value]];
  if (isArray(value))
    return value.map((item, index) => [index, read(item)] as const);
  if (value instanceof RegoSet)
    return value.items().map(item => [item, read(item)] as const);
  if (value instanceof RegoObject)
    return value.entries().map(([key, item]) => [key, read(item)] as const);
  throw new BuiltinError(
    `operand ${position} must be string, array, set or object`,
    true,
  );
}

/** Blocks of addresses. Nothing here asks the network. */
export const network: Readonly<Record<string, Builtin>> = {
  'net.cidr_contains': args =>
    contains(readBlock(text(args, 0), false), readBlock(text(args, 1), true)),
  'net.cidr_overlap': args =>
    contains(readBlock(text(args, 0), false), readBlock(text(args, 1), true)),
  'net.cidr_intersects': args => {
    const [a, b] = [
      readBlock(text(args, 0), false),
      readBlock(text(args, 1), false),
    ];
    return contains(a, b) || contains(b, a);
  },
  'net.cidr_is_valid': args => {
    try {
      readBlock(text(args, 0), false);
      return true;
    } catch {
      return false;
    }
  },
  'net.cidr_expand': args => expand(text(args, 0)),
  'net.cidr_merge': args => merge(texts(args, 0)),
  'net.cidr_contains_matches': args => {
    const inner = named(args[1], 2);
    return RegoSet.of(
      named(args[0], 1).flatMap(([outerName, outer]) =>
        inner
          .filter(([, each]) =>
            contains(readBlock(outer, false), readBlock(each, true)),
          )
          .map(([name]) => [outerName, name] as const),
      ),
    );
  },
};

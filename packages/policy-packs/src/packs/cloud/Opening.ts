import { Unknown, isList, isObject } from '../../documents/Value';
import type { Value, ValueObject } from '../../documents/Value';
import { valuesAt } from '../../rules/evaluateCondition';

/** One opening of a firewall: who may come, and to which ports. */
export interface Opening {
  readonly sources: readonly Value[];
  readonly ports: readonly (readonly [number, number])[];
  readonly path: readonly (string | number)[];
}

export const ALL_PORTS = [[0, 65_535]] as const;
/** A source that means everybody. */
export const WORLD =
  /^(?:0\.0\.0\.0\/0|::\/0|0{1,4}(?::0{1,4}){7}\/0|\*|any|internet|0\.0\.0\.0)$/i;

export function values(
  block: ValueObject,
  ...names: readonly string[]
): readonly Value[] {
  return names
    .flatMap(name => valuesAt(block, name))
    .flatMap(value => (isList(value) ? value : [value]));
}

/** Ports as a number, a range or `*`. Unknown ones count as none. */
export function portRange(
  value: Value,
): readonly (readonly [number, number])[] {
  const text = String(value).trim();
  if (value instanceof Unknown) {
    return [];
  }
  if (text === '*' || text === '' || /^(?:all|any)$/i.test(text)) {
    return ALL_PORTS;
  }
  return text.split(',').flatMap(part => {
    const [from, to] = part.split(/[-:/]/).map(Number);
    return Number.isFinite(from)
      ? [[from, Number.isFinite(to) ? to : from] as const]
      : [];
  });
}

export function fromTo(
  block: ValueObject,
  from: string,
  to: string,
  protocol = 'protocol',
): Opening['ports'] {
  const kind = String(block[protocol] ?? 'tcp');
  const start = block[from] ?? '';
  if (/^(?:-1|all|any|\*)$/i.test(kind) || start === '' || start === -1) {
    return ALL_PORTS;
  }
  return start instanceof Unknown
    ? []
    : [[Number(start), Number(block[to] ?? start)]];
}

export type ReadOpenings = (attributes: ValueObject) => readonly Opening[];

export const blocks = (
  attributes: ValueObject,
  name: string,
): readonly { block: ValueObject; path: readonly (string | number)[] }[] => {
  const found = attributes[name];
  return (isList(found) ? found : [found ?? null]).flatMap((block, index) =>
    isObject(block) ? [{ block, path: [name, index] }] : [],
  );
};

/** Openings that are written as blocks of one name. */
export const inBlocks =
  (
    name: string,
    read: (block: ValueObject) => Omit<Opening, 'path'> | undefined,
  ): ReadOpenings =>
  attributes =>
    blocks(attributes, name).flatMap(({ block, path }) => {
      const opening = read(block);
      return opening ? [{ ...opening, path }] : [];
    });

/** An opening that is a resource of its own. */
export const single =
  (
    read: (attributes: ValueObject) => Omit<Opening, 'path'> | undefined,
  ): ReadOpenings =>
  attributes => {
    const opening = read(attributes);
    return opening ? [{ ...opening, path: [] }] : [];
  };

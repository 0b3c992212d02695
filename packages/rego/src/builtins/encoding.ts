import { parseAllDocuments, stringify as stringifyYaml } from 'yaml';
import { fromJson, toJson, toText } from '../values/json';
import { parseJson } from '../values/parseJson';
import { isArray, RegoObject, RegoSet, type Value } from '../values/value';
import { BuiltinError, object, text, type Builtin } from './Builtin';

function decodeBase64(value: string, url: boolean): string {
  const pattern = url
    ? /^[A-Za-z0-9_-]*={0,2}$/
    : /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;
  const clean = value.replace(/[\r\n]/g, '');
  if (!pattern.test(value) || (!url && clean.length % 4 !== 0))
    throw new BuiltinError('illegal base64 data at input byte 0');
  return Buffer.from(clean, url ? 'base64url' : 'base64').toString('utf8');
}

/** The first document of a text. */
function parseYaml(value: string): unknown {
  const [first] = parseAllDocuments(value, { merge: true });
  if (!first || !('toJS' in first)) return null;
  if (first.errors.length > 0) throw first.errors[0];
  return first.toJS({ maxAliasCount: 100 });
}

function encodeQuery(value: string): string {
  return encodeURIComponent(value)
    .replace(/%20/g, '+')
    .replace(
      /[!'()*]/g,
      char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

function decodeQuery(value: string): string {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch {
    throw new BuiltinError(`invalid URL escape in ${JSON.stringify(value)}`);
  }
}

function goSafe<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BuiltinError
      ? error
      : new BuiltinError(
          error instanceof Error ? error.message : String(error),
        );
  }
}

function indented(value: Value, prefix: string, indent: string): string {
  const write = (each: Value, depth: number): string => {
    const line = `\n${prefix}${indent.repeat(depth + 1)}`;
    const end = `\n${prefix}${indent.repeat(depth)}`;
    if (isArray(each) || each instanceof RegoSet) {
      const items = isArray(each) ? each : each.items();
      if (items.length === 0) return '[]';
      return `[${line}${items
        .map(item => write(item, depth + 1))
        .join(`,${line}`)}${end}]`;
    }
    if (each instanceof RegoObject) {
      if (each.size === 0) return '{}';
      return `{${line}${each
        .entries()
        .map(
          ([key, item]) =>
            `${toText(typeof key === 'string' ? key : toText(key))}: ${write(
              item,
              depth + 1,
            )}`,
        )
        .join(`,${line}`)}${end}}`;
    }
    return toText(each);
  };
  return write(value, 0);
}

function valuesOf(value: Value): readonly Value[] | undefined {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value;
  return value instanceof RegoSet ? value.items() : undefined;
}

/** JSON, YAML, base64, hexadecimal and query strings. */
export const encoding: Readonly<Record<string, Builtin>> = {
  'json.marshal': args => toText(args[0]),
  'json.marshal_with_options': args => {
    const options = object(args, 1);
    const known = ['pretty', 'indent', 'prefix'];
    for (const [key] of options.entries()) {
      if (!known.includes(String(key)))
        throw new BuiltinError(
          `object contained unknown key ${JSON.stringify(key)}`,
          true,
        );
    }
    const [pretty, indent, prefix] = known.map(key => options.get(key));
    if (pretty !== undefined && typeof pretty !== 'boolean')
      throw new BuiltinError('key "pretty" must be a boolean', true);
    if (indent !== undefined && typeof indent !== 'string')
      throw new BuiltinError('key "indent" must be a string', true);
    if (prefix !== undefined && typeof prefix !== 'string')
      throw new BuiltinError('key "prefix" must be a string', true);
    const isPretty = pretty ?? (indent !== undefined || prefix !== undefined);
    if (!isPretty) return toText(args[0]);
    return (prefix ?? '') + indented(args[0], prefix ?? '', indent ?? '\t');
  },
  'json.unmarshal': args => goSafe(() => parseJson(text(args, 0))),
  'json.is_valid': args => {
    if (typeof args[0] !== 'string') return false;
    try {
      parseJson(args[0]);
      return true;
    } catch {
      return false;
    }
  },
  'yaml.marshal': args => stringifyYaml(toJson(args[0]), { lineWidth: 0 }),
  'yaml.unmarshal': args => goSafe(() => fromJson(parseYaml(text(args, 0)))),
  'yaml.is_valid': args => {
    if (typeof args[0] !== 'string') return false;
    try {
      parseYaml(args[0]);
      return true;
    } catch {
      return false;
    }
  },
  'base64.encode': args =>
    Buffer.from(text(args, 0), 'utf8').toString('base64'),
  'base64.decode': args => decodeBase64(text(args, 0), false),
  'base64.is_valid': args => {
    try {
      return (
        typeof args[0] === 'string' &&
        decodeBase64(args[0], false) !== undefined
      );
    } catch {
      return false;
    }
  },
  'base64url.encode': args => {
    const plain = Buffer.from(text(args, 0), 'utf8').toString('base64url');
    return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=');
  },
  'base64url.encode_no_pad': args =>
    Buffer.from(text(args, 0), 'utf8').toString('base64url'),
  'base64url.decode': args => decodeBase64(text(args, 0), true),
  'hex.encode': args => Buffer.from(text(args, 0), 'utf8').toString('hex'),
  'hex.decode': args => {
    const value = text(args, 0);
    if (!/^([0-9a-fA-F]{2})*$/.test(value))
      throw new BuiltinError(
        value.length % 2
          ? 'encoding/hex: odd length hex string'
          : 'encoding/hex: invalid byte',
      );
    return Buffer.from(value, 'hex').toString('utf8');
  },
  'urlquery.encode': args => encodeQuery(text(args, 0)),
  'urlquery.decode': args => decodeQuery(text(args, 0)),
  'urlquery.encode_object': args =>
    object(args, 0)
      .entries()
      .flatMap(([key, value]) => {
        const values = valuesOf(value);
        if (
          typeof key !== 'string' ||
          !values?.every(each => typeof each === 'string')
        ) {
          throw new BuiltinError(
            'operand 1 values must be string, array[string], or set[string]',
            true,
          );
        }
        return values.map(
          each => `${encodeQuery(key)}=${encodeQuery(String(each))}`,
        );
      })
      .join('&'),
  'urlquery.decode_object': args => {
    const found = new Map<string, string[]>();
    for (const part of text(args, 0).split('&')) {
      if (part === '') continue;
      if (part.includes(';'))
        throw new BuiltinError('invalid semicolon separator in query');
      const [key, ...rest] = part.split('=');
      const name = decodeQuery(key);
      found.set(name, [
        ...(found.get(name) ?? []),
        decodeQuery(rest.join('=')),
      ]);
    }
    return RegoObject.of([...found]);
  },
};

import { RegoError } from '../RegoError';
import type { Location } from '../syntax/ast';
import { RegoObject } from '../values/value';
import { BuiltinError, type Builtin } from './Builtin';
import { collections } from './collections';
import { encoding } from './encoding';
import { hashes } from './hashes';
import { network } from './network';
import { numbers } from './numbers';
import { objects } from './objects';
import { patternMatching } from './patternMatching';
import { strings } from './texts';
import { time } from './time';
import { units } from './units';
import { versions } from './versions';

/** Names that only stand for others, or do nothing here. */
const plain: Readonly<Record<string, Builtin>> = {
  eq: () => undefined,
  assign: () => undefined,
  print: () => true,
  trace: () => true,
  'opa.runtime': () => RegoObject.empty,
};

const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [
    plain,
    collections,
    encoding,
    hashes,
    network,
    numbers,
    objects,
    patternMatching,
    strings,
    time,
    units,
    versions,
  ].flatMap(each => Object.entries(each)),
);

/** How many operands each function takes; those that are not named here take one. */
const ARITIES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['time.now_ns', 'opa.runtime'].map(name => [name, 0])),
  ...Object.fromEntries(
    'eq assign plus minus mul div rem and or equal neq lt lte gt gte set_diff bits.or bits.and bits.xor bits.lsh bits.rsh numbers.range array.concat internal.member_2 graph.reachable graph.reachable_paths json.filter json.remove json.patch json.marshal_with_options object.union object.remove object.filter object.subset concat contains startswith endswith strings.any_prefix_match strings.any_suffix_match strings.replace_n strings.count strings.render_template format_int indexof indexof_n split sprintf trim trim_left trim_right trim_prefix trim_suffix regex.match re_match regex.split glob.quote_meta_2 net.cidr_contains net.cidr_overlap net.cidr_intersects net.cidr_contains_matches crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 crypto.hmac.sha512 crypto.hmac.equal rand.intn semver.compare time.parse_ns time.diff'
      .split(' ')
      .map(name => [name, 2]),
  ),
  ...Object.fromEntries(
    'numbers.range_step array.slice internal.member_3 object.get replace substring strings.split_n regex.find_n regex.find_all_string_submatch_n regex.replace glob.match'
      .split(' ')
      .map(name => [name, 3]),
  ),
  'regex.template_match': 4,
  'time.add_date': 4,
};

/** How many operands a function takes. */
export function arityOf(name: string): number {
  return ARITIES[name] ?? 1;
}

/** The names of all functions that this evaluator has. */
export function builtinNames(): string[] {
  return [...BUILTINS.keys()]
    .filter(name => !name.startsWith('internal.'))
    .sort();
}

export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}

/** Whether a function has many values for its operands. */
export function isRelation(name: string): boolean {
  return name === 'walk';
}

/** A built-in ready to be called. Where it fails, it has no value, or with strict errors throws. */
export function builtinCall(name: string, at: Location): Builtin {
  const builtin = BUILTINS.get(name);
  if (!builtin) {
    throw new RegoError('rego_type_error', `undefined function ${name}`, at);
  }
  return (args, shared) => {
    try {
      return builtin(args, shared);
    } catch (error) {
      if (!(error instanceof BuiltinError)) throw error;
      if (!shared.strict) return undefined;
      throw new RegoError(
        error.isType ? 'eval_type_error' : 'eval_builtin_error',
        `${name}: ${error.message}`,
        at,
      );
    }
  };
}

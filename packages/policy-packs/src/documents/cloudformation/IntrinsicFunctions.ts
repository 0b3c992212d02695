import { Unknown, isList, isObject, referencesIn, unknownsIn } from '../Value';
import type { Value, ValueObject } from '../Value';

/** Stands for `AWS::NoValue`: the property is left out. */
export const NO_VALUE: ValueObject = Object.freeze({});

const MAX_DEPTH = 100;

function unknownFrom(name: string, value: Value): Unknown {
  return new Unknown(name, referencesIn(value), true);
}

function textOf(value: Value): string {
  return value instanceof Unknown ? `\${${value.text}}` : String(value ?? '');
}

function joined(parts: readonly Value[], separator: string): Value {
  const text = parts.map(textOf).join(separator);
  return unknownsIn(parts).length > 0
    ? new Unknown(text, referencesIn(parts), true)
    : text;
}

/** Works out the intrinsic functions of one template: parameters by their defaults, conditions where they are settled. */
export class IntrinsicFunctions {
  private readonly openConditions = new Set<string>();
  private depth = 0;

  constructor(
    private readonly template: ValueObject,
    private readonly given: ValueObject,
  ) {}

  private section(name: string): ValueObject {
    const section = this.template[name];
    return isObject(section) ? section : {};
  }

  private reference(name: string): Value {
    if (name === 'AWS::NoValue') {
      return NO_VALUE;
    }
    if (Object.hasOwn(this.given, name)) {
      return this.given[name];
    }
    const parameter = this.section('Parameters')[name];
    if (isObject(parameter)) {
      return (
        parameter.Default ?? new Unknown(name, [`Parameters.${name}`], true)
      );
    }
    return new Unknown(name, [name], true);
  }

  private substitute(argument: Value): Value {
    const [pattern, extra] = isList(argument)
      ? argument
      : [argument, undefined];
    const own = isObject(extra) ? extra : {};
    const parts = String(pattern)
      .split(/(\$\{[^}]*\})/)
      .map((part): Value => {
        const name = /^\$\{([^!][^}]*)\}$/.exec(part)?.[1];
        if (name === undefined) {
          return part.replace('${!', '${');
        }
        if (Object.hasOwn(own, name)) {
          return this.resolve(own[name]);
        }
        return this.reference(name.split('.')[0]);
      });
    return joined(parts, '');
  }

  private findInMap(path: readonly Value[]): Value {
    const keys = path.map(part => this.resolve(part));
    let current: Value = this.section('Mappings');
    for (const key of keys.slice(0, 3)) {
      if (
        key instanceof Unknown ||
        !isObject(current) ||
        !Object.hasOwn(current, String(key))
      ) {
        return unknownFrom('FindInMap', keys);
      }
      current = current[String(key)];
    }
    return current;
  }

  private test(value: Value): boolean | undefined {
    if (!isObject(value)) {
      return undefined;
    }
    const [name, argument] = Object.entries(value)[0] ?? [];
    const args = isList(argument) ? argument : [];
    if (name === 'Condition' && typeof argument === 'string') {
      return this.condition(argument);
    }
    if (name === 'Fn::Equals') {
      const [left, right] = args.map(part => this.resolve(part));
      return unknownsIn([left, right]).length > 0
        ? undefined
        : String(left) === String(right);
    }
    const tests = args.map(part => this.test(part));
    if (name === 'Fn::Not') {
      return tests[0] === undefined ? undefined : !tests[0];
    }
    if (name === 'Fn::And' || name === 'Fn::Or') {
      const deciding = name === 'Fn::Or';
      if (tests.includes(deciding)) {
        return deciding;
      }
      return tests.includes(undefined) ? undefined : !deciding;
    }
    return undefined;
  }

  /** Whether a condition holds, as far as it is settled. */
  condition(name: string): boolean | undefined {
    if (this.openConditions.has(name)) {
      return undefined;
    }
    this.openConditions.add(name);
    const result = this.test(this.section('Conditions')[name] ?? null);
    this.openConditions.delete(name);
    return result;
  }

  private choose(args: readonly Value[]): Value {
    const [name, then, otherwise] = args;
    const holds = this.condition(String(name));
    if (holds !== undefined) {
      return this.resolve((holds ? then : otherwise) ?? null);
    }
    const both = [this.resolve(then ?? null), this.resolve(otherwise ?? null)];
    return JSON.stringify(both[0]) === JSON.stringify(both[1]) &&
      unknownsIn(both).length === 0
      ? both[0]
      : new Unknown(
          `If ${String(name)}`,
          referencesIn(both),
          !both.includes(NO_VALUE),
        );
  }

  private call(name: string, argument: Value): Value {
    const args = isList(argument) ? argument : [argument];
    switch (name) {
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::Join': {
        const parts = this.resolve(args[1] ?? null);
        return isList(parts)
          ? joined(parts, String(args[0] ?? ''))
          : unknownFrom('Join', parts);
      }
      case 'Fn::If':
        return this.choose(args);
      case 'Fn::FindInMap':
        return this.findInMap(args);
      case 'Fn::Select': {
        const list = this.resolve(args[1] ?? null);
        return isList(list)
          ? list[Number(args[0])] ?? new Unknown('Select')
          : unknownFrom('Select', list);
      }
      case 'Fn::GetAtt':
        return new Unknown(args.map(textOf).join('.'), [String(args[0])], true);
      default:
        return unknownFrom(name, this.resolve(argument));
    }
  }

  /** The value with its intrinsic functions worked out. */
  resolve(value: Value): Value {
    this.depth += 1;
    try {
      if (this.depth > MAX_DEPTH) {
        return new Unknown('nested too deep');
      }
      if (isList(value)) {
        return value
          .map(item => this.resolve(item))
          .filter(item => item !== NO_VALUE);
      }
      if (!isObject(value)) {
        return value;
      }
      const entries = Object.entries(value);
      const [name, argument] = entries[0] ?? [];
      if (entries.length === 1 && name === 'Ref') {
        return this.reference(String(argument));
      }
      if (entries.length === 1 && name?.startsWith('Fn::')) {
        return this.call(name, argument ?? null);
      }
      return Object.fromEntries(
        entries
          .map(([key, part]): [string, Value] => [key, this.resolve(part)])
          .filter(([, part]) => part !== NO_VALUE),
      );
    } finally {
      this.depth -= 1;
    }
  }
}

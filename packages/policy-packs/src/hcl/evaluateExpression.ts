import type { HclExpression } from './ast';
import {
  Unknown,
  entriesOf,
  isList,
  isObject,
  referencesIn,
  toJsonText,
} from '../documents/Value';
import type { Value } from '../documents/Value';
import { callFunction } from './functions';

/** What names mean where an expression stands. `resolve` answers undefined for a name it does not know. */
export interface HclScope {
  /** The value of the longest prefix of `path` that it knows, and how many steps that prefix has. */
  resolve(
    path: readonly string[],
  ): { value: Value; length: number } | undefined;
}

const MAX_FOR_ITEMS = 1000;

function unknownOf(text: string, ...values: readonly Value[]): Unknown {
  return new Unknown(text, values.flatMap(referencesIn));
}

/** The dotted names at the start of an expression, as far as they are plain. */
function pathOf(expression: HclExpression): string[] | undefined {
  if (expression.kind === 'variable') {
    return [expression.name];
  }
  if (expression.kind === 'access') {
    const before = pathOf(expression.target);
    return before && [...before, expression.name];
  }
  return undefined;
}

function step(value: Value, key: Value): Value {
  if (value instanceof Unknown) {
    return value;
  }
  if (key instanceof Unknown) {
    return unknownOf('…', key, value);
  }
  if (isList(value)) {
    return value[Number(key)] ?? (key === null ? null : new Unknown('index'));
  }
  if (isObject(value)) {
    const name = String(key);
    return Object.hasOwn(value, name) ? value[name] : null;
  }
  return new Unknown('index');
}

function nameOf(path: readonly string[]): Unknown {
  const text = path.join('.');
  const start = path[0] === 'data' ? 3 : 2;
  return new Unknown(text, [path.slice(0, start).join('.')], path.length >= 2);
}

function evaluatePath(path: readonly string[], scope: HclScope): Value {
  const found = scope.resolve(path);
  if (found === undefined) {
    return nameOf(path);
  }
  return path.slice(found.length).reduce<Value>(step, found.value);
}

function asText(value: Value): string {
  if (value instanceof Unknown) {
    return `\${${value.text}}`;
  }
  return typeof value === 'object' && value !== null
    ? toJsonText(value)
    : String(value ?? '');
}

function evaluateTemplate(
  parts: readonly HclExpression[],
  scope: HclScope,
): Value {
  const values = parts.map(part => evaluateExpression(part, scope));
  if (values.length === 1) {
    return values[0];
  }
  const text = values.map(asText).join('');
  return values.some(value => value instanceof Unknown)
    ? new Unknown(text, values.flatMap(referencesIn), true)
    : text;
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => Value>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? new Unknown('division by zero') : a / b),
  '%': (a, b) => (b === 0 ? new Unknown('division by zero') : a % b),
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function evaluateBinary(operator: string, left: Value, right: Value): Value {
  if (operator === '&&' && (left === false || right === false)) {
    return false;
  }
  if (operator === '||' && (left === true || right === true)) {
    return true;
  }
  if (
    referencesIn([left, right]).length > 0 ||
    left instanceof Unknown ||
    right instanceof Unknown
  ) {
    return unknownOf(
      `${asText(left)} ${operator} ${asText(right)}`,
      left,
      right,
    );
  }
  switch (operator) {
    case '==':
      return JSON.stringify(left) === JSON.stringify(right);
    case '!=':
      return JSON.stringify(left) !== JSON.stringify(right);
    case '&&':
    case '||':
      return operator === '&&'
        ? left === true && right === true
        : left === true || right === true;
    default:
      return ARITHMETIC[operator](Number(left), Number(right));
  }
}

function evaluateFor(
  expression: HclExpression & { kind: 'for' },
  scope: HclScope,
): Value {
  const over = evaluateExpression(expression.over, scope);
  const entries = entriesOf(over, (_item, index) => index);
  if (entries === undefined || entries.length > MAX_FOR_ITEMS) {
    return unknownOf('for', over);
  }
  const items: [Value, Value][] = [];
  for (const [key, value] of entries) {
    const bound = expression.names.length > 1 ? [key, value] : [value];
    const inner = withNames(scope, expression.names, bound);
    const kept =
      expression.only === undefined ||
      evaluateExpression(expression.only, inner);
    if (kept instanceof Unknown) {
      return unknownOf('for', kept, over);
    }
    if (kept === true) {
      items.push([
        expression.key ? evaluateExpression(expression.key, inner) : null,
        evaluateExpression(expression.value, inner),
      ]);
    }
  }
  return expression.key
    ? Object.fromEntries(items.map(([key, value]) => [asText(key), value]))
    : items.map(([, value]) => value);
}

/** A scope in which the given names stand for the given values. */
export function withNames(
  scope: HclScope,
  names: readonly string[],
  values: readonly Value[],
): HclScope {
  return {
    resolve: path => {
      const index = names.indexOf(path[0]);
      return index < 0
        ? scope.resolve(path)
        : { value: values[index] ?? null, length: 1 };
    },
  };
}

/** Works an expression out as far as the text settles it. It never throws: what is not settled is `Unknown`. */
export function evaluateExpression(
  expression: HclExpression,
  scope: HclScope,
): Value {
  const evaluate = (part: HclExpression) => evaluateExpression(part, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return evaluateTemplate(expression.parts, scope);
    case 'tuple':
      return expression.items.map(evaluate);
    case 'object':
      return Object.fromEntries(
        expression.items.map(({ key, value }) => [
          key.kind === 'variable' ? key.name : asText(evaluate(key)),
          evaluate(value),
        ]),
      );
    case 'variable':
    case 'access': {
      const path = pathOf(expression);
      return path === undefined && expression.kind === 'access'
        ? step(evaluate(expression.target), expression.name)
        : evaluatePath(path ?? [], scope);
    }
    case 'index':
      return step(evaluate(expression.target), evaluate(expression.key));
    case 'splat':
      return unknownOf('[*]', evaluate(expression.target));
    case 'call':
      return callFunction(expression.name, expression.args.map(evaluate));
    case 'conditional': {
      const test = evaluate(expression.test);
      if (test instanceof Unknown) {
        const both = [
          evaluate(expression.then),
          evaluate(expression.otherwise),
        ];
        return JSON.stringify(both[0]) === JSON.stringify(both[1]) &&
          referencesIn(both).length === 0
          ? both[0]
          : unknownOf('conditional', test, ...both);
      }
      return evaluate(test === true ? expression.then : expression.otherwise);
    }
    case 'binary':
      return evaluateBinary(
        expression.operator,
        evaluate(expression.left),
        evaluate(expression.right),
      );
    case 'unary': {
      const operand = evaluate(expression.operand);
      if (operand instanceof Unknown) {
        return unknownOf(operand.text, operand);
      }
      return expression.operator === '!' ? operand !== true : -Number(operand);
    }
    case 'for':
      return evaluateFor(expression, scope);
    default:
      return new Unknown(expression.text);
  }
}

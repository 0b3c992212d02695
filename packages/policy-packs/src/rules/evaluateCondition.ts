import type { Resource } from '../documents/Resource';
import { Unknown, isList, isObject, referencesIn } from '../documents/Value';
import type { Value } from '../documents/Value';
import type { Condition } from './Condition';

/** The answer to a condition. `unknown`: the text does not settle it. */
export type Answer = boolean | 'unknown';

/** The resources among which relations are looked for. */
export interface Surroundings {
  ofType(type: string): readonly Resource[];
}

const isEmpty = (value: Value | undefined) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (isList(value) && value.length === 0);

/** Every value at a dotted path, through blocks and lists. `Unknown` stands for all that lies below it. */
export function valuesAt(
  value: Value | undefined,
  path: string,
): readonly Value[] {
  let current: readonly Value[] = value === undefined ? [] : [value];
  for (const name of path === '' ? [] : path.split('.')) {
    current = current.flatMap(function step(one): readonly Value[] {
      if (one instanceof Unknown) {
        return [one];
      }
      if (isList(one)) {
        return one.flatMap(step);
      }
      return isObject(one) && Object.hasOwn(one, name) ? [one[name]] : [];
    });
  }
  return current;
}

function conjunction(answers: Iterable<Answer>): Answer {
  let result: Answer = true;
  for (const answer of answers) {
    if (answer === false) {
      return false;
    }
    if (answer === 'unknown') {
      result = 'unknown';
    }
  }
  return result;
}

function negation(answer: Answer): Answer {
  return answer === 'unknown' ? answer : !answer;
}

function disjunction(answers: readonly Answer[]): Answer {
  return negation(conjunction(answers.map(negation)));
}

function flat(values: readonly Value[]): readonly Value[] {
  return values.flatMap(value => (isList(value) ? flat(value) : [value]));
}

function testValues(
  values: readonly Value[],
  test: (value: Value) => boolean | undefined,
): Answer {
  const present = flat(values).filter(value => !isEmpty(value));
  if (present.length === 0) {
    return false;
  }
  return conjunction(
    present.map(value =>
      value instanceof Unknown ? 'unknown' : test(value) ?? 'unknown',
    ),
  );
}

function testSet(values: readonly Value[]): Answer {
  return disjunction(
    values
      .filter(value => !isEmpty(value))
      .map(value =>
        value instanceof Unknown && !value.isSet ? 'unknown' : true,
      ),
  );
}

function names(resource: Resource, value: Value): boolean {
  return referencesIn(value).some(reference =>
    resource.names.includes(reference),
  );
}

function literalNames(resource: Resource): readonly Value[] {
  const { bucket, name, id, BucketName } = resource.attributes;
  return [bucket, name, id, BucketName].filter(
    value => typeof value === 'string',
  );
}

/** Whether `value`, an attribute of another resource, names this one: by reference, or by its very name. */
function pointsTo(resource: Resource, values: readonly Value[]): boolean {
  return flat(values).some(
    value => names(resource, value) || literalNames(resource).includes(value),
  );
}

const sameModule = (a: Resource, b: Resource) =>
  a.address.replace(/[^.]+\.[^.]+$/, '') ===
    b.address.replace(/[^.]+\.[^.]+$/, '') || a.platform !== 'terraform';

/** Answers a condition about the attributes of a resource, or about one block of it. */
export function evaluateCondition(
  condition: Condition,
  resource: Resource,
  surroundings: Surroundings,
  subject: Value = resource.attributes,
): Answer {
  const evaluate = (
    inner: Condition,
    about: Value = subject,
    of: Resource = resource,
  ) => evaluateCondition(inner, of, surroundings, about);
  switch (condition.kind) {
    case 'equals':
      return testValues(valuesAt(subject, condition.path), value =>
        condition.values.some(wanted => String(wanted) === String(value)),
      );
    case 'set':
      return testSet(valuesAt(subject, condition.path));
    case 'matches':
      return testValues(valuesAt(subject, condition.path), value =>
        condition.pattern.test(String(value)),
      );
    case 'written':
      return flat(valuesAt(subject, condition.path)).some(
        value => typeof value === 'string' && condition.pattern.test(value),
      );
    case 'between':
      return testValues(
        valuesAt(subject, condition.path),
        value =>
          Number(value) >= condition.least && Number(value) <= condition.most,
      );
    case 'test':
      return testValues(valuesAt(subject, condition.path), condition.passes);
    case 'all':
      return conjunction(condition.conditions.map(inner => evaluate(inner)));
    case 'any':
      return disjunction(condition.conditions.map(inner => evaluate(inner)));
    case 'not':
      return negation(evaluate(condition.condition));
    case 'some':
    case 'every': {
      const answers = flat(valuesAt(subject, condition.path)).map(item =>
        item instanceof Unknown
          ? 'unknown'
          : evaluate(condition.condition, item),
      );
      return condition.kind === 'some'
        ? disjunction(answers)
        : conjunction(answers);
    }
    case 'referredBy':
      return disjunction(
        condition.types
          .flatMap(type => surroundings.ofType(type))
          .filter(other => sameModule(other, resource))
          .filter(other =>
            pointsTo(resource, valuesAt(other.attributes, condition.via)),
          )
          .map(other =>
            condition.condition
              ? evaluate(condition.condition, other.attributes, other)
              : true,
          ),
      );
    case 'refersTo': {
      const values = valuesAt(subject, condition.path);
      return disjunction(
        condition.types
          .flatMap(type => surroundings.ofType(type))
          .filter(
            other => sameModule(other, resource) && pointsTo(other, values),
          )
          .map(other => evaluate(condition.condition, other.attributes, other)),
      );
    }
    default:
      return condition.ask(resource) ?? 'unknown';
  }
}

/** The paths that a condition looks at, in its order, for the line of a finding. */
export function pathsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap(pathsOf);
    case 'not':
      return pathsOf(condition.condition);
    case 'some':
    case 'every':
      return [
        ...pathsOf(condition.condition).map(
          path => `${condition.path}.${path}`,
        ),
        condition.path,
      ];
    case 'referredBy':
    case 'asks':
      return [];
    default:
      return [condition.path];
  }
}

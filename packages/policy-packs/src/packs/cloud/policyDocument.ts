import type { Condition } from '../../rules/Condition';
import { passes } from '../../rules/Condition';
import { readYamlDocuments } from '../../documents/readYamlDocuments';
import { isList, isObject } from '../../documents/Value';
import { Unknown } from '../../documents/Value';
import type { Value, ValueObject } from '../../documents/Value';

/** One statement of an access policy, in one shape wherever it was written. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** Every action but these: wider than any list. */
  readonly allActionsBut: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditions: readonly string[];
}

function texts(value: Value | undefined): string[] {
  if (isList(value)) {
    return value.flatMap(texts);
  }
  if (isObject(value)) {
    return Object.values(value).flatMap(texts);
  }
  if (value instanceof Unknown) {
    return [`\${${value.text}}`];
  }
  return value === undefined || value === null ? [] : [String(value)];
}

/** Reads JSON with a comma too many, which clouds refuse but people write. */
function readLeniently(text: string): Value | undefined {
  const { documents, unchecked } = readYamlDocuments(text, 'policy');
  const [document] = documents;
  return unchecked.length === 0 && isObject(document?.value)
    ? document.value
    : undefined;
}

function parsed(value: Value | undefined): Value | undefined {
  const text = value instanceof Unknown ? value.text : value;
  if (typeof text !== 'string') {
    return value;
  }
  try {
    return JSON.parse(text);
  } catch {
    return readLeniently(text);
  }
}

function toStatement(one: ValueObject): Statement {
  const condition = isObject(one.Condition) ? Object.values(one.Condition) : [];
  return {
    allows: String(one.Effect ?? 'Allow').toLowerCase() === 'allow',
    actions: texts(one.Action),
    allActionsBut: texts(one.NotAction),
    resources: texts(one.Resource),
    principals: texts(one.Principal),
    conditions: condition.flatMap(test =>
      isObject(test) ? Object.keys(test) : ['?'],
    ),
  };
}

/** The statements of a policy document, given as text or as an object. Undefined where it cannot be read. */
export function statementsOf(
  document: Value | undefined,
): readonly Statement[] | undefined {
  const policy = parsed(document);
  if (!isObject(policy)) {
    return undefined;
  }
  const { Statement: statements } = policy;
  return (isList(statements) ? statements : [statements ?? {}])
    .filter(isObject)
    .map(toStatement);
}

/** The statements of a `data "aws_iam_policy_document"`. */
export function statementsOfData(
  attributes: ValueObject,
): readonly Statement[] {
  const { statement } = attributes;
  return (isList(statement) ? statement : []).filter(isObject).map(one => ({
    allows: String(one.effect ?? 'Allow').toLowerCase() === 'allow',
    actions: texts(one.actions),
    allActionsBut: texts(one.not_actions),
    resources: texts(one.resources),
    principals: (isList(one.principals) ? one.principals : []).flatMap(
      principal => (isObject(principal) ? texts(principal.identifiers) : []),
    ),
    conditions: (isList(one.condition) ? one.condition : []).flatMap(test =>
      isObject(test) ? texts(test.variable) : [],
    ),
  }));
}

/** The policy at the path lets everybody do something, without a condition. */
export function allowsEverybody(path: string): Condition {
  return passes(path, value => {
    const statements = statementsOf(value);
    return statements?.some(
      ({ allows, principals, conditions }) =>
        allows && conditions.length === 0 && principals.includes('*'),
    );
  });
}

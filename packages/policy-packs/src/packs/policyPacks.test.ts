import type { Resource } from '../documents/Resource';
import { Unknown } from '../documents/Value';
import type { Value, ValueObject } from '../documents/Value';
import { CATEGORIES } from '../rules/categories';
import { evaluateCondition, pathsOf } from '../rules/evaluateCondition';
import { POLICY_PACKS, POLICY_RULES } from './policyPacks';
import { RIGHT_BY_DEFAULT } from './__fixtures__/rightByDefault';

const NOWHERE = { ofType: () => [] };

function aResource(type: string, attributes: ValueObject): Resource {
  return {
    platform: 'terraform',
    type,
    name: 'n',
    address: `${type}.n`,
    names: [`${type}.n`],
    attributes,
    file: 'main.tf',
    line: 1,
    lineOf: () => 1,
  };
}

function withUnknownAt(
  attributes: Record<string, Value>,
  [first]: readonly string[],
): Record<string, Value> {
  return first === ''
    ? attributes
    : { ...attributes, [first]: new Unknown('var.x') };
}

const TARGETS = POLICY_RULES.flatMap(({ id, targets = [] }) =>
  targets.map((target, index) => ({ key: `${id}#${index}`, target })),
);

describe('policy packs', () => {
  it('have rules with ids of their own, words and controls', () => {
    const ids = POLICY_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('no-public-s3-buckets');
    for (const {
      id,
      title,
      remedy,
      category,
      targets = [],
      checks = [],
    } of POLICY_RULES) {
      expect([
        id,
        title.length > 5,
        remedy.length > 5,
        targets.length + checks.length > 0,
      ]).toEqual([id, true, true, true]);
      expect(Object.keys(CATEGORIES[category].controls).length).toBeGreaterThan(
        0,
      );
    }
    expect(new Set(POLICY_PACKS.map(({ name }) => name)).size).toBe(
      POLICY_PACKS.length,
    );
  });

  it('do not let a missing field pass, but where the default of the provider is right', () => {
    const passed = TARGETS.filter(
      ({ target: { types, when, require, forbid } }) => {
        const resource = aResource(types[0], {});
        const asked = when ? evaluateCondition(when, resource, NOWHERE) : true;
        const kept = require
          ? evaluateCondition(require, resource, NOWHERE)
          : true;
        const broken = forbid
          ? evaluateCondition(forbid, resource, NOWHERE)
          : false;
        return asked === true && kept === true && broken === false;
      },
    ).map(({ key }) => key);
    expect(passed.sort()).toEqual([...RIGHT_BY_DEFAULT].sort());
  });

  it.each(
    TARGETS.filter(
      ({ target }) =>
        pathsOf(
          target.require ??
            target.forbid ??
            target.when ?? { kind: 'all', conditions: [] },
        ).length > 0,
    ),
  )(
    'say nothing for sure about unknown values: $key',
    ({ target: { types, when, require, forbid } }) => {
      const paths = [when, require, forbid].flatMap(condition =>
        condition ? pathsOf(condition) : [],
      );
      const attributes = paths.reduce<Record<string, Value>>(
        (all, path) => withUnknownAt(all, path.split('.')),
        {},
      );
      const resource = aResource(types[0], attributes);
      const asked = when ? evaluateCondition(when, resource, NOWHERE) : true;
      const kept = require
        ? evaluateCondition(require, resource, NOWHERE)
        : true;
      const broken = forbid
        ? evaluateCondition(forbid, resource, NOWHERE)
        : false;
      // Relations to other resources are settled: there are none here.
      expect(
        [asked, kept, broken].some(answer => answer === 'unknown') ||
          asked === false,
      ).toBe(true);
    },
  );
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { parse, parseAllDocuments } from 'yaml';
import { readExamplePeople } from './examplePeople/readExamplePeople';
import { readExampleRoles } from './permissionPolicy/readExampleRoles';

const root = resolvePackagePath('backend', '..', '..');
const config = new ConfigReader(
  parse(readFileSync(path.join(root, 'app-config.yaml'), 'utf8')),
);

/** Exactly the files that app-config.yaml makes the catalog read. */
const entities: Entity[] = config
  .getConfigArray('catalog.locations')
  .flatMap(location => globSync(location.getString('target'), { cwd: root }))
  .flatMap(file =>
    parseAllDocuments(readFileSync(path.join(root, file), 'utf8')),
  )
  .map(document => document.toJS());

const refs = new Set(entities.map(entity => stringifyEntityRef(entity)));

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  templateEntityV1beta3Validator,
  userEntityV1alpha1Validator,
];

/** Every entity that another one names, by the field that names it. */
const namedBy: [field: string, defaultKind: string][] = [
  ['owner', 'Group'],
  ['system', 'System'],
  ['domain', 'Domain'],
  ['parent', 'Group'],
  ['children', 'Group'],
  ['memberOf', 'Group'],
  ['providesApis', 'API'],
  ['consumesApis', 'API'],
  ['dependsOn', 'Component'],
];

describe('examples', () => {
  it('have two templates, six people and something to look at', () => {
    const count = (kind: string) =>
      entities.filter(entity => entity.kind === kind).length;
    expect(count('Template')).toBe(2);
    expect(count('User')).toBe(6);
    expect(count('Component')).toBeGreaterThan(0);
  });

  it.each(entities)('$kind $metadata.name is valid', async entity => {
    await expect(policy.enforce(entity)).resolves.toBeDefined();
    const accepted = await Promise.all(
      validators.map(validator => validator.check(entity)),
    );
    expect(accepted).toContain(true);
  });

  it.each(entities)(
    '$kind $metadata.name names only entities that are there',
    ({ spec = {} }) => {
      const named = namedBy.flatMap(([field, defaultKind]) =>
        [spec[field] ?? []].flat().map(ref =>
          stringifyEntityRef(
            parseEntityRef(String(ref), {
              defaultKind,
              defaultNamespace: 'default',
            }),
          ),
        ),
      );
      expect(named.filter(ref => !refs.has(ref))).toEqual([]);
    },
  );

  it('let only people of the catalog sign in', () => {
    const people = readExamplePeople(config, 'development');
    expect(people).toHaveLength(6);
    expect(people.filter(({ entityRef }) => !refs.has(entityRef))).toEqual([]);
  });

  it('have somebody else than a developer for each role', () => {
    const roles = readExampleRoles(config);
    const membersOf = (groups: readonly string[]) =>
      entities.filter(
        ({ kind, spec }) =>
          kind === 'User' &&
          [spec?.memberOf ?? []]
            .flat()
            .some(group => groups.includes(`group:default/${group}`)),
      );
    expect(membersOf(roles.approver)).toHaveLength(2);
    expect(membersOf(roles.operator)).toHaveLength(2);
    expect(membersOf(roles.auditor)).toHaveLength(1);
  });
});

describe('app-config.yaml', () => {
  it('listens on loopback only and on one origin', () => {
    expect(config.getString('backend.listen.host')).toBe('127.0.0.1');
    expect(config.getString('app.baseUrl')).toBe(
      config.getString('backend.baseUrl'),
    );
  });

  it('names nothing on the network', () => {
    const text = JSON.stringify(config.get());
    const hosts = text.match(/\w+:\/\/[^/"']+/g) ?? [];
    expect(
      hosts.filter(host => !/:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(host)),
    ).toEqual([]);
    expect(config.has('integrations')).toBe(false);
  });
});

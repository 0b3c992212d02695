import fs from 'node:fs';
import { common, node, typescript, z } from '../sources.mjs';
import { docOf } from './docOf.mjs';
import { code, pageOf, table, writtenFrom } from './markdown.mjs';
import { routePermissions } from './routePermissions.mjs';

const SOURCE = 'plugins/agentic-common/src/permissions.ts';

/** What the comment before each exported constant of a file says. */
function docsOfConstants(file) {
  const source = typescript.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  );
  return new Map(
    source.statements
      .filter(statement => typescript.isVariableStatement(statement))
      .map(statement => [
        statement.declarationList.declarations[0].name.text,
        docOf(typescript, statement).text,
      ]),
  );
}

const constants = Object.entries(common).filter(
  ([, value]) => value?.type === 'basic' || value?.type === 'resource',
);

/** From the comment what it lets one do, and whether machines are left out. */
function allowedBy(text) {
  const [, people, what] = /^Allows (people )?to (.+)\.$/.exec(text) ?? [];
  if (!what) {
    throw new Error(
      `A permission says "${text}", not "Allows to ….", in ${SOURCE}`,
    );
  }
  return people ? `${what}; only for people` : what;
}

function rulesTable() {
  return table(
    ['rule', 'parameters', 'means'],
    Object.values(node.workflowPermissionRules).map(rule => [
      code(rule.name),
      Object.entries(z.toJSONSchema(rule.paramsSchema).properties)
        .map(([name, { description }]) => `${code(name)}: ${description}`)
        .join('; '),
      rule.description,
    ]),
  );
}

function resourcesTable() {
  const types = [
    ...new Set(
      common.agenticPermissions
        .map(({ resourceType }) => resourceType)
        .filter(Boolean),
    ),
  ].sort();
  return table(
    ['resource type', 'permissions', 'for policies in code'],
    types.map(type => {
      const [constant] =
        Object.entries(node).find(
          ([, value]) => value?.resourceType === type,
        ) ?? [];
      const thing = constant.replace(/ResourceRef$/, '');
      const Thing = thing[0].toUpperCase() + thing.slice(1);
      const exported = [
        `${thing}Conditions`,
        `create${Thing}ConditionalDecision`,
      ];
      const missing = exported.find(name => !Object.hasOwn(node, name));
      if (missing) {
        throw new Error(`agentic-node exports no ${missing}`);
      }
      return [
        code(type),
        common.agenticPermissions
          .filter(({ resourceType }) => resourceType === type)
          .map(({ name }) => code(name))
          .join(', '),
        exported.map(code).join(', '),
      ];
    }),
  );
}

/** `docs/reference/permissions.md` */
export function permissionsPage() {
  const docs = docsOfConstants(SOURCE);
  const routes = [...routePermissions()].sort(
    ([a], [b]) =>
      a.split(' ')[1].localeCompare(b.split(' ')[1]) || a.localeCompare(b),
  );
  const unlisted = constants.filter(
    ([, permission]) => !common.agenticPermissions.includes(permission),
  );
  if (unlisted.length > 0) {
    throw new Error(
      `Not in agenticPermissions: ${unlisted.map(([name]) => name).join(', ')}`,
    );
  }
  const rows = constants
    .sort(([, a], [, b]) => a.name.localeCompare(b.name))
    .map(([constant, { name, attributes, resourceType }]) => [
      code(name),
      attributes.action,
      code(resourceType),
      allowedBy(docs.get(constant)),
      routes
        .filter(([, asked]) => asked.has(constant))
        .map(([route]) => code(route))
        .join(', '),
    ]);
  const open = routes
    .filter(([, asked]) => asked.size === 0)
    .map(([route]) => route);
  return pageOf(
    '# Permissions reference',
    writtenFrom(`\`${SOURCE}\`, the routes and the rules`),
    'What each permission lets one do, and which routes ask for it: to let the request in, to narrow a list, or to leave parts of an answer out. How permissions, environments and roles work together, with a sample policy, is in [permissions](../permissions.md).',
    table(['permission', 'action', 'about', 'lets one', 'asked for by'], rows),
    '## Routes without a permission',
    'They need no permission of the framework. All but those for health want a caller who is signed in; what each checks besides is in [the API](../api.md).',
    open.map(route => `- ${code(route)}`).join('\n'),
    '## Rules',
    'Permissions about something can be granted on conditions. The rules are the same for each resource type, and look at the workflow that the thing belongs to.',
    rulesTable(),
    '## Resource types',
    `All are exported by \`@agentic-backstage/plugin-agentic-node\`.`,
    resourcesTable(),
  );
}

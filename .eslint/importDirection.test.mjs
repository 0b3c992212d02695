import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { ESLint } = createRequire(import.meta.url)('eslint');
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const directionRules = new Set([
  '@typescript-eslint/no-restricted-imports',
  'import/no-restricted-paths',
]);

async function complaints(file, code) {
  const eslint = new ESLint({ cwd: root });
  const [{ messages }] = await eslint.lintText(code, {
    filePath: path.join(root, file),
  });
  assert.deepEqual(
    messages.filter(message => message.fatal),
    [],
  );
  return messages.filter(message => directionRules.has(message.ruleId));
}

const ours = name => `import { x } from '@agentic-backstage/${name}'; x();`;
const from = name => `import { x } from '${name}'; x();`;

const refused = [
  ['plugins/agentic-common/src/a.ts', ours('plugin-agentic-node')],
  ['plugins/agentic-common/src/a.ts', ours('service-templates')],
  ['plugins/agentic-node/src/a.ts', ours('plugin-agentic-backend')],
  ['plugins/agentic-node/src/a.ts', ours('service-templates')],
  ['plugins/agentic-backend/src/plugin.ts', ours('plugin-agentic')],
  ['plugins/agentic-backend/src/plugin.ts', from('@dbos-inc/dbos-sdk')],
  ['plugins/agentic-backend/src/plugin.ts', from('@electric-sql/pglite')],
  [
    'plugins/agentic-backend/src/runtime/a.ts',
    `export const load = () => import('@dbos-inc/dbos-sdk');`,
  ],
  [
    'plugins/agentic-backend/src/runtime/a.ts',
    `export { x } from '@electric-sql/pglite/live';`,
  ],
  ['plugins/agentic/src/a.tsx', ours('plugin-agentic-node')],
  ['plugins/agentic/src/a.tsx', ours('service-templates')],
  [
    'plugins/scaffolder-backend-module-agentic/src/a.ts',
    ours('plugin-agentic-backend'),
  ],
  [
    'plugins/catalog-backend-module-agentic/src/a.ts',
    ours('plugin-agentic-backend'),
  ],
  [
    'plugins/search-backend-module-agentic/src/a.ts',
    ours('plugin-agentic-backend'),
  ],
  ['packages/service-templates/src/a.ts', from('@backstage/errors')],
  ['packages/service-templates/src/a.ts', ours('plugin-agentic-common')],
];

const accepted = [
  ['plugins/agentic-common/src/a.ts', from('zod')],
  ['plugins/agentic-node/src/a.ts', ours('plugin-agentic-common')],
  ['plugins/agentic-backend/src/engine/a.ts', from('@dbos-inc/dbos-sdk')],
  ['plugins/agentic-backend/src/plugin.ts', ours('plugin-agentic-node')],
  [
    'plugins/agentic-backend/src/a.test.ts',
    ours('plugin-agentic-node/testUtils'),
  ],
  ['plugins/agentic-backend/src/plugin.ts', ours('service-templates')],
  [
    'plugins/scaffolder-backend-module-agentic/src/a.ts',
    ours('plugin-agentic-node'),
  ],
  ['plugins/agentic/src/a.tsx', ours('plugin-agentic-common')],
  ['packages/service-templates/src/a.ts', from('yaml')],
];

const agents = fs
  .readdirSync(path.join(root, 'plugins/agentic-backend/src/agents'), {
    withFileTypes: true,
  })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

test('there are agents to check', () => {
  assert.ok(agents.length >= 2, `agents: ${agents}`);
});

for (const [index, id] of agents.entries()) {
  const file = `plugins/agentic-backend/src/agents/${id}/steps/a.ts`;
  const other = agents[(index + 1) % agents.length];
  refused.push(
    [file, from(`../../${other}/module`)],
    [file, from('../../index')],
    [file, from('../../../plugin')],
    // The ways round the guard: tools themselves, the registry that holds them, the guard's own parts.
    [file, from('../../../tools')],
    [file, from('../../../tools/git/gitPublishTool')],
    [file, from('../../../runtime/Registry')],
    [file, from('../../../runtime/guard/Guard')],
    [file, from('../../../runtime/guard/EffectLedger')],
    [file, from('../../../database/EffectStore')],
    [
      file,
      `export const load = () => import('../../../tools/git/gitPublishTool');`,
    ],
    [file, `export const load = () => require('../../../plugin');`],
    [
      'plugins/agentic-backend/src/runtime/a.ts',
      from(`../agents/${id}/module`),
    ],
  );
  accepted.push([file, from('../module')]);
}

for (const [file, code] of refused) {
  test(`refuses in ${file}: ${code}`, async () => {
    const found = await complaints(file, code);
    assert.notEqual(found.length, 0);
  });
}

for (const [file, code] of accepted) {
  test(`accepts in ${file}: ${code}`, async () => {
    assert.deepEqual(await complaints(file, code), []);
  });
}

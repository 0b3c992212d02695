import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inRoot } from './paths.mjs';

const require = createRequire(import.meta.url);
const prettier = require('prettier');

const repository = fs.realpathSync(
  fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-new-')),
);
const app = path.join(repository, 'other-app');
const inCopy = (...parts) => path.join(repository, ...parts);

/** The parts of the repository that the commands look at, so that they may write. */
before(() => {
  for (const part of [
    '.launch',
    'package.json',
    'backstage.json',
    'plugins/agentic-node/package.json',
    'plugins/agentic-backend-module-vault/package.json',
    'plugins/agentic-backend/src/agents',
    'plugins/agentic-backend/src/tools',
  ]) {
    fs.cpSync(inRoot(part), inCopy(part), { recursive: true });
  }
  fs.symlinkSync(inRoot('node_modules'), inCopy('node_modules'));
  fs.mkdirSync(app);
  fs.writeFileSync(path.join(app, 'package.json'), '{}');
  fs.writeFileSync(path.join(app, 'backstage.json'), '{}');
});
after(() => fs.rmSync(repository, { recursive: true, force: true }));

function call(...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['.launch/run.mjs', ...args],
    { cwd: repository, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

const filesIn = folder =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      path.relative(folder, path.join(entry.parentPath, entry.name)),
    )
    .sort();
const plugins = () =>
  ['plugins', 'other-app'].map(group => filesIn(inCopy(group)));

function made(folder) {
  const files = filesIn(folder);
  const texts = files.map(file =>
    fs.readFileSync(path.join(folder, file), 'utf8'),
  );
  return { files, text: [...files, ...texts].join('\n') };
}

function assertFormatted(folder, files) {
  const options = require('@backstage/cli/config/prettier');
  for (const file of files.filter(name => !name.endsWith('report.api.md'))) {
    const at = path.join(folder, file);
    const { inferredParser } = prettier.getFileInfo.sync(at);
    assert.ok(
      prettier.check(fs.readFileSync(at, 'utf8'), {
        ...options,
        parser: inferredParser,
      }),
      file,
    );
  }
}

describe('what cannot be made is refused with the reason, and nothing is written', () => {
  for (const [args, reason] of [
    [['new:agent'], /Say how the agent is called/],
    [['new:agent', 'one', 'two'], /One agent at a time/],
    [['new:agent', 'Licence'], /"Licence" cannot be the id of an? agent/],
    [['new:agent', '../licence'], /cannot be the id/],
    [['new:agent', 'licence-'], /cannot be the id/],
    [['new:agent', 'licence.check'], /cannot be the id/],
    [['new:agent', 'x'], /between 2 and 40 characters/],
    [['new:agent', 'a'.repeat(41)], /between 2 and 40 characters/],
    [['new:agent', 'planner'], /The planner goes by the name/],
    [['new:agent', 'codegen'], /is agent "codegen" already/],
    [['new:agent', 'policy'], /is agent "policy" already/],
    [['new:agent', 'vault'], /agentic-backend-module-vault already/],
    [['new:agent', 'licence', '--effect'], /Unknown option '--effect'/],
    [['new:agent', 'licence', '--title', '`$(id)`'], /cannot be a title/],
    [['new:agent', 'licence', '--into', 'docs'], /not the root of a Backstage/],
    [['new:agent', 'licence', '--scope', '@acme'], /say which with --into/],
    [
      ['new:agent', 'licence', '--into', 'other-app', '--scope', 'acme'],
      /"acme" is no npm scope/,
    ],
    [['new:tool', 'ticket'], /an area and a verb/],
    [['new:tool', 'ticket.Read'], /an area and a verb/],
    [['new:tool', 'git.publish', '--effect'], /is tool "git.publish" already/],
    [['new:tool', 'ticket.read', '--force'], /Unknown option '--force'/],
  ]) {
    test(args.join(' ').slice(0, 60), async () => {
      const { newAgent, newTool } = await import(inCopy('.launch/new.mjs'));
      const [command, ...rest] = args;
      const create = command === 'new:agent' ? newAgent : newTool;
      const there = plugins();
      const from = process.cwd();
      process.chdir(repository);
      try {
        // Printed without a stack: the message is the whole story.
        await assert.rejects(create(rest), {
          name: 'LaunchError',
          message: reason,
        });
      } finally {
        process.chdir(from);
      }
      assert.deepEqual(plugins(), there);
    });
  }
});

for (const { args, folder, names, files } of [
  {
    args: ['new:agent', 'licence-check', '--title', 'Licence check'],
    folder: 'plugins/agentic-backend-module-licence-check',
    names: [
      "id: 'licence-check'",
      "title: 'Licence check'",
      'agenticModuleLicenceCheck',
      "lane: 'read_only'",
      '"name": "@agentic-backstage/plugin-agentic-backend-module-licence-check"',
    ],
    files: [
      '.eslintrc.js',
      'README.md',
      'package.json',
      'report.api.md',
      'src/licenceCheckAgent.test.ts',
      'src/licenceCheckAgent.ts',
      'src/module.ts',
      'src/schema.ts',
    ],
  },
  {
    args: ['new:tool', 'ticket.read'],
    folder: 'plugins/agentic-backend-module-ticket-read',
    names: [
      "id: 'ticket.read'",
      "title: 'Ticket read'",
      'createReadOnlyTool',
      'readOnlyToolContract',
      '`agentic.ticketRead`',
    ],
    files: ['README.md', 'config.d.ts', 'src/ticketReadTool.ts'],
  },
  {
    args: ['new:tool', 'ticket.create', '--effect'],
    folder: 'plugins/agentic-backend-module-ticket-create',
    names: [
      "id: 'ticket.create'",
      'createEffectTool',
      'effectToolContract',
      'async validate(',
      'async dryRun(',
      'async execute(',
      'async readBack(',
      'async rollback(',
      'estimateCost:',
    ],
    files: ['README.md', 'config.d.ts', 'src/ticketCreateTool.test.ts'],
  },
]) {
  test(`npm run ${args.join(
    ' ',
  )} makes a package, says what, and makes it once`, () => {
    const { status, stdout, stderr } = call(...args);
    assert.equal(status, 0, stderr);
    const package_ = made(inCopy(folder));
    for (const file of files) {
      assert.ok(package_.files.includes(file), file);
    }
    for (const name of names) {
      assert.ok(package_.text.includes(name), name);
    }
    assert.doesNotMatch(package_.text, /starter/i);
    assertFormatted(inCopy(folder), package_.files);
    for (const file of package_.files) {
      assert.ok(stdout.includes(path.join(folder, file)), file);
    }
    assert.match(stdout, /npm test -- plugins/);

    const again = call(...args);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /already/);
    assert.deepEqual(made(inCopy(folder)), package_);
  });
}

test('an id that a package of the same kind has is refused, wherever it is', () => {
  const { stderr } = call('new:agent', 'licence-check', '--into', 'other-app');
  assert.match(stderr, /is agent "licence-check" already/);
});

test('in another app a package is private, with ranges and lint that the app can read', () => {
  const { status, stderr, stdout } = call(
    ...['new:agent', 'owner-check', '--into', 'other-app', '--scope', '@acme'],
  );
  assert.equal(status, 0, stderr);
  const folder = path.join(app, 'plugins/agentic-backend-module-owner-check');
  const { files, text } = made(folder);
  const manifest = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  assert.equal(
    manifest.name,
    '@acme/plugin-agentic-backend-module-owner-check',
  );
  assert.equal(manifest.private, true);
  assert.match(
    manifest.dependencies['@agentic-backstage/plugin-agentic-node'],
    /^\^\d+\.\d+\.\d+$/,
  );
  assert.doesNotMatch(text, /forPackage|starter/i);
  assert.ok(!files.includes('report.api.md'));
  assert.match(stdout, /yarn install/);
});

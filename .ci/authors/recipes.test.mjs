import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { applyChange } from '../adopt/applyChange.mjs';
import { readSteps } from '../adopt/readSteps.mjs';
import { inRoot } from '../../.launch/paths.mjs';
import { copyRepository, linkNewPackages } from './copyRepository.mjs';

const run = promisify(execFile);
const PREFIX = 'agentic-backend-module-';

const copy = fs.realpathSync(
  fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-authors-')),
);
let there;
before(() => {
  copyRepository(copy);
  there = fs.readdirSync(path.join(copy, 'plugins'));
});
after(() => fs.rmSync(copy, { recursive: true, force: true }));

const made = () =>
  fs
    .readdirSync(path.join(copy, 'plugins'))
    .filter(name => !there.includes(name));

async function node(args, cwd = copy) {
  try {
    const { stdout, stderr } = await run(process.execPath, args, {
      cwd,
      env: {
        ...process.env,
        CI: 'true',
        // Somebody who calls through Yarn looks after node_modules.
        npm_config_user_agent: 'yarn/4.18.1',
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    return `${stdout}${stderr}`;
  } catch (error) {
    throw new Error(
      `node ${args.join(' ')} failed:\n${error.stdout}${error.stderr}`,
    );
  }
}

/** What `npm` would run: the script of that name, with what is said after the two dashes. */
function npmScript(words) {
  const { scripts } = JSON.parse(
    fs.readFileSync(path.join(copy, 'package.json'), 'utf8'),
  );
  const [first, ...rest] = words;
  const [name, ...args] = first === 'run' ? rest : words;
  assert.equal(args.shift() ?? '--', '--', words.join(' '));
  const [program, ...others] = scripts[name].split(' ');
  assert.equal(program, 'node');
  return [...others, ...args];
}

/** Runs a line of a page. */
async function follow(line) {
  const [program, ...words] = line.split(/\s+/);
  if (program === 'npm') {
    await node(npmScript(words));
  } else if (words.at(-1) === 'install') {
    // What is installed is linked from the repository that is tested; only the lock file is new.
    await node([...words, '--mode=update-lockfile']);
    linkNewPackages(copy);
  } else {
    assert.equal(program, 'node', line);
    await node(words);
  }
}

for (const page of ['add-an-agent.md', 'add-a-tool.md']) {
  describe(`docs/${page}`, () => {
    for (const { language, code } of readSteps(inRoot('docs', page))) {
      if (language === 'sh') {
        for (const line of code.split('\n').filter(each => each.trim())) {
          test(line, () => follow(line));
        }
      } else {
        test(code.split('\n')[0], () => applyChange(copy, code));
      }
    }
  });
}

describe('the packages that were made', () => {
  test('are an agent, a tool that looks and one that changes something', () => {
    assert.deepEqual(made(), [
      `${PREFIX}file-check`,
      `${PREFIX}ticket-create`,
      `${PREFIX}ticket-read`,
    ]);
  });

  test('are in the lock file', () => {
    const lock = fs.readFileSync(path.join(copy, 'yarn.lock'), 'utf8');
    for (const name of made()) {
      assert.ok(lock.includes(`@workspace:plugins/${name}"`), name);
    }
  });

  test('have types that hold', async () => {
    const config = path.join(copy, 'tsconfig.made.json');
    fs.writeFileSync(
      config,
      JSON.stringify({
        extends: './tsconfig.json',
        include: made().flatMap(name => [
          `plugins/${name}/src`,
          `plugins/${name}/config.d.ts`,
        ]),
        compilerOptions: { noEmit: true, incremental: false },
      }),
    );
    await node([
      path.join('node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      config,
    ]);
  });

  test('are lint-clean', async () => {
    for (const name of made()) {
      await node(
        [
          path.join(copy, 'node_modules/@backstage/cli/bin/backstage-cli'),
          ...['package', 'lint', '--max-warnings=0'],
        ],
        path.join(copy, 'plugins', name),
      );
    }
  });

  test('are formatted, as is what the pages change', async () => {
    await node([
      path.join('node_modules', 'prettier', 'bin-prettier.js'),
      '--check',
      ...made().map(name => path.join('plugins', name)),
      'packages/backend/package.json',
      'packages/backend/src/index.ts',
    ]);
  });
});

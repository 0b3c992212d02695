import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  commandsIn,
  filesBelow,
  npmScriptsIn,
  pathsIn,
  problemOfLink,
  readPage,
  routesIn,
} from './documents.mjs';
import { allSettings } from './reference/configuration.mjs';
import { referencePages } from './reference/referencePages.mjs';
import { navigation } from './site/navigation.mjs';
import {
  builtInAgents,
  common,
  ConfigReader,
  node,
  openApiDocument,
  readers,
  scripts,
  yaml,
  z,
} from './sources.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const all = filesBelow('.', /(?<!\.api)\.md$/).map(readPage);
// The pages whose every word is held; the others answer for themselves.
const ours = all.filter(
  ({ file }) =>
    /^(README\.md|docs\/)/.test(file) ||
    /^plugins\/agentic-(common|node|backend)\/README\.md$/.test(file),
);
const page = file => all.find(candidate => candidate.file === file);
const programs = ['curl', 'echo', 'node', 'npm', 'yarn'];
const commandsOfPackages = filesBelow('.', /package\.json$/).flatMap(file => {
  const { name, bin = {} } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return typeof bin === 'string' ? [path.basename(name)] : Object.keys(bin);
});

const keys = allSettings().map(({ key }) =>
  key.replaceAll('[]', '').replace(/<\w+>/g, '*'),
);
const isKey = name =>
  keys.some(
    key =>
      key === name ||
      new RegExp(
        `^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`,
      ).test(name),
  );

/** Names that begin like configuration and are something else. */
const otherNames = new Set([
  ...common.agenticPermissions.map(({ name }) => name),
  ...Object.values(node).flatMap(value =>
    value?.$$type === '@backstage/ExtensionPoint' ? [value.id] : [],
  ),
  'agentic.services',
]);

/** Ids of the agents and tools that the commands of a page write packages for. */
const madeBy = blocks =>
  blocks.flatMap(({ code }) =>
    [...code.matchAll(/npm run new:(?:agent|tool) -- ([\w.-]+)/g)].map(
      ([, id]) => id.replaceAll('.', '-'),
    ),
  );

const none = problems => assert.deepEqual(problems, []);

describe('the documentation', () => {
  test('leads somewhere with every link and picture', () => {
    none(
      all.flatMap(each =>
        each.links.map(link => problemOfLink(each, link)).filter(Boolean),
      ),
    );
  });

  test('has a map that leads to every page', () => {
    const map = page('docs/index.md');
    const reached = map.links.map(link =>
      path.join('docs', link.split('#')[0]),
    );
    none(
      all
        .map(({ file }) => file)
        .filter(file => file.startsWith('docs/') && file !== map.file)
        .filter(file => !reached.includes(file)),
    );
  });

  test('has every page in the navigation of its site, once', () => {
    const pages = navigation();
    none(pages.filter((file, index) => pages.indexOf(file) !== index));
    none(pages.filter(file => !all.some(known => known.file === file)));
    none(
      all
        .map(({ file }) => file)
        .filter(
          file =>
            /^docs\//.test(file) ||
            /^(README|CONTRIBUTING)\.md$/.test(file) ||
            /^(packages|plugins|examples)\/[^/]+\/README\.md$/.test(file),
        )
        .filter(file => !pages.includes(file)),
    );
  });

  test('shows every picture that a browser test takes, and no other', () => {
    const taken = filesBelow('packages/app/e2e-tests', /\.test\.mjs$/)
      .flatMap(file => [
        ...fs
          .readFileSync(file, 'utf8')
          .matchAll(/\bpicture(?:\(|: )'([a-z-]+)'/g),
      ])
      .map(([, name]) => `docs/images/${name}.png`);
    const shown = ours.flatMap(({ file, links }) =>
      links
        .map(link => path.join(path.dirname(file), link))
        .filter(target => target.startsWith('docs/images/')),
    );
    assert.deepEqual([...new Set(shown)].sort(), [...new Set(taken)].sort());
    assert.deepEqual(
      fs
        .readdirSync('docs/images')
        .map(name => `docs/images/${name}`)
        .sort(),
      [...new Set(taken)].sort(),
    );
  });

  test('names files that exist', () => {
    none(
      ours.flatMap(({ file, names, blocks }) =>
        names
          .filter(name =>
            /^(packages|plugins|examples|docs|\.ci|\.launch)\/[\w./-]+$/.test(
              name,
            ),
          )
          // What a recipe of the page makes.
          .filter(
            name =>
              !madeBy(blocks).some(id =>
                name.startsWith(`plugins/agentic-backend-module-${id}`),
              ),
          )
          .filter(
            name =>
              !/\/(dist|e2e-report|\.site)$/.test(name) && !fs.existsSync(name),
          )
          .map(name => `${file}: ${name}`),
      ),
    );
  });

  test('names npm scripts that exist', () => {
    none(
      ours.flatMap(({ file, source }) =>
        npmScriptsIn(source)
          .filter(name => !Object.hasOwn(scripts, name))
          .map(name => `${file}: npm run ${name}`),
      ),
    );
  });

  test('holds JSON and YAML that parse, and settings that exist', () => {
    const parsers = { json: JSON.parse, yaml: yaml.parse };
    none(
      ours.flatMap(({ file, blocks }) =>
        blocks
          .filter(({ language }) => Object.hasOwn(parsers, language))
          .flatMap(({ language, code }) => {
            const value = parsers[language](code);
            return language === 'yaml'
              ? pathsIn(value)
                  // The app's own settings are Backstage's.
                  .filter(name => !/^app\b/.test(name) && !isKey(name))
                  .map(name => `${file}: ${name}`)
              : [];
          }),
      ),
    );
  });

  test('shows commands that exist', () => {
    const commands = ours.flatMap(({ file, blocks }) =>
      blocks
        .filter(({ language }) => language === 'sh')
        .flatMap(({ code }) =>
          commandsIn(code).map(words => ({ file, words })),
        ),
    );
    assert.ok(commands.length > 5);
    none(
      commands
        .filter(({ words: [program, first] }) => {
          if (program === 'npx') {
            return !commandsOfPackages.includes(first);
          }
          return program === 'node' && !first.startsWith('-')
            ? !fs.existsSync(first)
            : !programs.includes(program) && !fs.existsSync(program);
        })
        .map(({ file, words }) => `${file}: ${words.join(' ')}`),
    );
  });

  const runnable = ours.flatMap(({ blocks }) =>
    blocks
      .filter(({ marks }) => marks.includes('runnable'))
      .flatMap(({ code }) => commandsIn(code)),
  );
  for (const [program, ...args] of runnable) {
    test(`shows a command that runs: ${[program, ...args].join(' ')}`, () => {
      const { status, stderr } = spawnSync(
        program === 'node' ? process.execPath : program,
        args,
        { encoding: 'utf8', timeout: 60_000 },
      );
      assert.equal(status, 0, stderr);
    });
  }

  test('names settings that exist', () => {
    none(
      ours.flatMap(({ file, names }) =>
        names
          .filter(name =>
            /^(agentic|catalog\.providers\.agentic)\.[\w.<>]+$/.test(name),
          )
          .filter(name => !otherNames.has(name))
          .filter(name => !isKey(name.replace(/<\w+>/g, 'anything')))
          .map(name => `${file}: ${name}`),
      ),
    );
  });

  test('names environment variables that something reads', () => {
    const code = ['.ci', '.launch', 'packages', 'plugins']
      .flatMap(folder => filesBelow(folder, /\.(ts|tsx|mjs|cjs|sh)$/))
      .filter(file => !file.endsWith('docs.test.mjs'))
      .map(file => fs.readFileSync(file, 'utf8'))
      .join('\n');
    none(
      all.flatMap(({ file, source }) =>
        [
          ...source.matchAll(
            /\b(AGENTIC_[A-Z_]+|CHROMIUM|TEST_DATABASE_URL)\b/g,
          ),
        ]
          .map(([name]) => name)
          .filter(name => !new RegExp(`\\b${name}\\b`).test(code))
          .map(name => `${file}: ${name}`),
      ),
    );
  });

  for (const [file, text] of referencePages()) {
    test(`${file} is what the declarations say`, () => {
      assert.equal(
        fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined,
        text,
        'Run npm run docs:generate',
      );
    });
  }

  test('says the defaults that the code has', () => {
    const read = Object.entries(readers).map(([key, reader]) => [
      key,
      reader(new ConfigReader({})),
    ]);
    const compared = allSettings().flatMap(({ key, byDefault }) => {
      const [section, values] =
        read.find(([name]) => key.startsWith(`${name}.`)) ?? [];
      const value = section
        ? key
            .slice(section.length + 1)
            .split('.')
            .reduce((inner, name) => inner?.[name], values)
        : undefined;
      return typeof value === 'number' ? [[key, byDefault, value]] : [];
    });
    assert.ok(compared.length > 30, `only ${compared.length} are numbers`);
    none(compared.filter(([, said, value]) => said !== String(value)));
  });

  for (const { id, lane, tools, emits, input, output } of builtInAgents) {
    test(`docs/agents/${id}.md names all that the agent declares`, () => {
      const { names } = page(`docs/agents/${id}.md`);
      const fields = schema =>
        Object.keys(z.toJSONSchema(schema, { io: 'input' }).properties ?? {});
      none(
        [lane, ...tools, ...emits, ...fields(input), ...fields(output)].filter(
          name => !names.includes(name),
        ),
      );
    });
  }

  test('tells of every route, and of no other', () => {
    const told = page('docs/api.md')
      .rows.map(([route]) => /^`((?:GET|POST) \/\S+)`$/.exec(route)?.[1])
      .filter(Boolean);
    const described = Object.entries(openApiDocument().paths).flatMap(
      ([route, operations]) =>
        Object.keys(operations).map(
          method => `${method.toUpperCase()} ${route}`,
        ),
    );
    assert.deepEqual(
      [...told].sort(),
      routesIn('plugins/agentic-backend/src/router').sort(),
    );
    none(described.filter(route => !told.includes(route)));
  });
});

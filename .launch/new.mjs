import fs from 'node:fs';
import path from 'node:path';
import { LaunchError, say } from './log.mjs';
import { readNewOptions } from './newOptions.mjs';
import {
  formatted,
  namesOf,
  renderStarter,
  titleOf,
  writePackage,
} from './newPackage.mjs';
import { inRoot, root } from './paths.mjs';

const PREFIX = 'agentic-backend-module-';
const OWN_SCOPE = '@agentic-backstage';

/** Every source in which an agent or a tool may be declared. */
function sourcesOf(app) {
  return ['plugins', 'examples'].flatMap(group => {
    const folder = path.join(app, group);
    return fs.existsSync(folder)
      ? fs
          .readdirSync(folder)
          .map(name => path.join(folder, name, 'src'))
          .filter(src => fs.existsSync(src))
          .flatMap(src =>
            fs
              .readdirSync(src, { recursive: true, encoding: 'utf8' })
              .filter(file => /(?<!\.test)\.ts$/.test(file))
              .map(file => path.join(src, file)),
          )
      : [];
  });
}

/** Where an id is taken, if it is: in this repository or in the app. */
function placeOf(kind, id, apps) {
  const ending = kind === 'agent' ? /Agent\.ts$/ : /Tool\.ts$/;
  const declaration = new RegExp(
    `\\b(?:id:|ID =) '${id.replaceAll('.', '\\.')}'`,
  );
  return apps
    .flatMap(sourcesOf)
    .filter(file => ending.test(file))
    .find(file => declaration.test(fs.readFileSync(file, 'utf8')));
}

function checkApp(app) {
  const has = name => fs.existsSync(path.join(app, name));
  if (!has('package.json') || !has('backstage.json')) {
    throw new LaunchError(
      `${app} is not the root of a Backstage app: it has no package.json with a backstage.json beside it.`,
    );
  }
}

function checkPlace(kind, id, { folder, apps }) {
  if (kind === 'agent' && id === 'planner') {
    throw new LaunchError(
      'The planner goes by the name "planner"; call the agent differently.',
    );
  }
  if (fs.existsSync(folder)) {
    throw new LaunchError(
      `There is ${path.relative(
        process.cwd(),
        folder,
      )} already; call the ${kind} differently, or remove that folder.`,
    );
  }
  const place = placeOf(kind, id, apps);
  if (place) {
    throw new LaunchError(
      `${path.relative(
        process.cwd(),
        place,
      )} is ${kind} "${id}" already; ids are unique in an installation.`,
    );
  }
}

/** The version of one of our packages, for a range that an app of somebody else can read. */
const ownVersion = () =>
  JSON.parse(
    fs.readFileSync(inRoot('plugins', 'agentic-node', 'package.json'), 'utf8'),
  ).version;

/** What is different in a package of somebody else's app. */
function adaptTo({ scope, slug }) {
  const name = `plugin-${PREFIX}${slug}`;
  return (file, text) => {
    if (file === 'report.api.md') {
      return undefined;
    }
    if (file === '.eslintrc.js') {
      return "module.exports = require('@backstage/cli/config/eslint-factory')(__dirname);\n";
    }
    const own = text.replaceAll(`${OWN_SCOPE}/${name}`, `${scope}/${name}`);
    if (file === 'README.md') {
      return own.replaceAll('npm test -- plugins', 'yarn test plugins');
    }
    if (file !== 'package.json') {
      return own;
    }
    const { publishConfig, ...manifest } = JSON.parse(own);
    const { main, types } = publishConfig;
    return JSON.stringify({
      ...manifest,
      private: true,
      publishConfig: { main, types },
      devDependencies: Object.fromEntries(
        Object.entries(manifest.devDependencies).map(([dependency, range]) => [
          dependency,
          `^${range}`,
        ]),
      ),
      dependencies: Object.fromEntries(
        Object.entries(manifest.dependencies).map(([dependency, range]) => [
          dependency,
          range.replace('workspace:^', `^${ownVersion()}`),
        ]),
      ),
    });
  };
}

function tellNext({ kind, options, folder, name, files, app }) {
  const relative = path.relative(app, folder);
  const here = app === root;
  const install = here
    ? 'node .yarn/releases/yarn-4.18.1.cjs install'
    : 'yarn install';
  say(`Wrote ${files.length} files:`);
  for (const file of files) {
    say(`  ${path.join(relative, file.path)}`);
  }
  say(`Next, in ${here ? 'this folder' : app}:`);
  for (const line of [
    `${install}   lets the other packages find it; commit yarn.lock`,
    `${here ? 'npm test --' : 'yarn test'} ${relative}   passes as it is`,
    `packages/backend/package.json: "${name}": "workspace:^"`,
    `packages/backend/src/index.ts: backend.add(import('${name}'));`,
    `${relative}/src: make the ${kind} yours; its tests say what has to hold`,
    `docs/add-${kind === 'agent' ? 'an-agent' : 'a-tool'}.md tells the rest`,
  ]) {
    say(`  - ${line}`);
  }
  if (kind === 'tool' && !options.effect) {
    say('It only looks. With --effect it would change something.');
  }
}

async function create(kind, args) {
  const options = readNewOptions(kind, args);
  const { id, effect, into, scope } = options;
  const app = into ?? root;
  if (!into && path.resolve(process.cwd()) !== root) {
    throw new LaunchError(
      `Call this in ${root}, the root of the repository, or say where with --into.`,
    );
  }
  checkApp(app);
  const names = namesOf(id, options.title ?? titleOf(id));
  const slug = names['starter-id'];
  const folder = path.join(app, 'plugins', `${PREFIX}${slug}`);
  checkPlace(kind, id, { folder, apps: [...new Set([root, app])] });

  const starter =
    kind === 'agent' ? 'agent' : `${effect ? 'effect' : 'read'}-tool`;
  const files = formatted(
    renderStarter(
      starter,
      names,
      app === root ? undefined : adaptTo({ scope, slug }),
    ),
    app,
  );
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  writePackage(folder, files);
  const { name } = JSON.parse(
    files.find(file => file.path === 'package.json').text,
  );
  tellNext({ kind, options, folder, name, files, app });
  return 0;
}

/** `npm run new:agent -- <id>`: a package with an agent that compiles, is tested, and may do nothing but look. */
export const newAgent = args => create('agent', args);

/** `npm run new:tool -- <area.verb> [--effect]`: a package with a tool that keeps the contract of its kind. */
export const newTool = args => create('tool', args);

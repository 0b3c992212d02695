const fs = require('node:fs');
const path = require('node:path');

const scope = '@agentic-backstage';
const common = `${scope}/plugin-agentic-common`;
const node = `${scope}/plugin-agentic-node`;
const engines = ['@dbos-inc/*', '@electric-sql/*'];
const plugins = `${scope}/plugin-*`;

const onlyEngine = {
  group: engines,
  message:
    'Only plugins/agentic-backend/src/engine may import the workflow engine; use the WorkflowEngine interface.',
};

function own(allowed, message) {
  return {
    // The `/**` forms cover entry points such as `<package>/testUtils`.
    group: [
      `${scope}/*`,
      ...allowed.flatMap(name => [`!${name}`, `!${name}/**`]),
    ],
    message,
  };
}

/** What each kind of package may not import, by package name. */
const patternsByKind = {
  common: [
    own(
      [],
      'agentic-common is the bottom: it imports no other package of ours.',
    ),
    onlyEngine,
  ],
  node: [
    own([common], 'agentic-node imports only agentic-common.'),
    onlyEngine,
  ],
  backend: [
    {
      group: [plugins, `!${common}`, `!${node}`, `!${node}/**`],
      message:
        'agentic-backend imports agentic-common, agentic-node and the libraries under packages/; modules and pages depend on it, not the reverse.',
    },
  ],
  module: [
    {
      group: [plugins, `!${common}`, `!${node}`, `!${node}/**`],
      message:
        'A module imports agentic-common, agentic-node and libraries; it reaches the host through extension points and services.',
    },
    onlyEngine,
  ],
  pages: [
    own(
      [common, `${scope}/plugin-agentic-react`],
      'Pages import only agentic-common: anything else would land in the browser.',
    ),
    onlyEngine,
  ],
  library: [
    {
      group: [plugins, '@backstage/*'],
      message:
        'Libraries under packages/ are pure: neither Backstage nor a plugin.',
    },
    onlyEngine,
  ],
  // The portal itself may put everything together.
  portal: [onlyEngine],
  example: [
    own(
      [common, node],
      'A custom agent needs agentic-node and agentic-common.',
    ),
    onlyEngine,
  ],
};

const root = path.dirname(__dirname);
const nodeModules = name => path.join(root, '**', 'node_modules', name, '**');

function agentIds(dir) {
  const folder = path.join(dir, 'src', 'agents');
  return fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(entry => entry.name)
    : [];
}

function backendZones(dir) {
  const agents = agentIds(dir).map(id => ({
    target: `./src/agents/${id}`,
    from: './src',
    except: [`./agents/${id}`],
    message: `An agent imports agentic-node, agentic-common, libraries and its own folder: never the host, never another agent.`,
  }));
  const host = ['runtime', 'engine', 'database'].map(folder => ({
    target: `./src/${folder}`,
    from: './src/agents',
    message: 'The host knows agents only by what they register.',
  }));
  return [...agents, ...host];
}

function restrict(patterns) {
  return {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
  };
}

function zones(dir, list) {
  return list.length
    ? {
        'import/no-restricted-paths': ['error', { basePath: dir, zones: list }],
      }
    : {};
}

// The name rule reads import and export statements; the path rule also sees
// `require()` and `import()`, which would otherwise be the way round it.
const engineZone = {
  target: './',
  from: engines.map(name => nodeModules(name.replace('/*', ''))),
  message: onlyEngine.message,
};

/**
 * The part of a package's ESLint configuration that keeps imports pointing one
 * way: common ← node ← backend and modules, libraries pure, agents alone.
 */
module.exports = function importDirection(dir, kind) {
  const patterns = patternsByKind[kind];
  if (!patterns) {
    throw new Error(
      `"${kind}" is not a kind of package; there are: ${Object.keys(
        patternsByKind,
      ).join(', ')}`,
    );
  }
  const settings = {
    'import/resolver': {
      node: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
    },
  };
  if (kind !== 'backend') {
    return {
      settings,
      rules: { ...restrict(patterns), ...zones(dir, [engineZone]) },
    };
  }
  const list = backendZones(dir);
  return {
    settings,
    rules: {
      ...restrict([...patterns, onlyEngine]),
      ...zones(dir, [...list, engineZone]),
    },
    overrides: [
      {
        files: ['src/engine/**'],
        rules: { ...restrict(patterns), ...zones(dir, list) },
      },
    ],
  };
};

import fs from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './environment.mjs';
import { runQuietly } from './command.mjs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { inRoot } from './paths.mjs';
import { step } from './log.mjs';

const yarn = inRoot('.yarn', 'releases', 'yarn-4.18.1.cjs');
const stampFile = inRoot('node_modules', '.launch-stamp');

function manifests() {
  const folders = ['packages', 'plugins', 'examples'].flatMap(group => {
    const folder = inRoot(group);
    return fs.existsSync(folder)
      ? fs.readdirSync(folder).map(name => path.join(folder, name))
      : [];
  });
  return folders
    .map(folder => path.join(folder, 'package.json'))
    .filter(file => fs.existsSync(file));
}

// Yarn does not read the variables that npm and most programs take a proxy from.
function proxySettings() {
  const setting = name => process.env[name] ?? process.env[name.toLowerCase()];
  const http = setting('HTTP_PROXY');
  const https = setting('HTTPS_PROXY') ?? http;
  return {
    ...(http && { YARN_HTTP_PROXY: http }),
    ...(https && { YARN_HTTPS_PROXY: https }),
  };
}

/**
 * Installs exactly what yarn.lock says, with the Yarn in this repository, when
 * node_modules was not made from the present lock file and manifests. Somebody
 * who calls us through Yarn looks after node_modules: it is then only made when
 * there is none.
 */
export async function ensureDependencies(node) {
  const identity = fingerprint(
    [
      inRoot('yarn.lock'),
      inRoot('.yarnrc.yml'),
      inRoot('package.json'),
      ...manifests(),
    ],
    process.platform,
    process.arch,
  );
  const complete = fs.existsSync(inRoot('node_modules', '.yarn-state.yml'));
  const calledByYarn = /^yarn\//.test(process.env.npm_config_user_agent ?? '');
  if (complete && (calledByYarn || isStamped(stampFile, identity))) {
    return;
  }
  await step(
    'Installing dependencies with Yarn (about two minutes the first time)',
    () =>
      runQuietly('install', node, [yarn, 'install', '--immutable'], {
        cwd: inRoot(),
        env: childEnvironment(node, proxySettings()),
      }),
  );
  stamp(stampFile, identity);
}

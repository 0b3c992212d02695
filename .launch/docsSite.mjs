import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runQuietly, runVisibly } from './command.mjs';
import { childEnvironment } from './environment.mjs';
import { LaunchError, say } from './log.mjs';
import { inRoot, launchCache, techdocsPrograms } from './paths.mjs';
import { prepare } from './prepare.mjs';

const requirements = inRoot('docs', 'requirements.txt');

function findPython() {
  for (const program of ['python3', 'python']) {
    try {
      execFileSync(program, ['-c', 'import venv, ensurepip'], {
        stdio: 'ignore',
      });
      return program;
    } catch {
      // The next one.
    }
  }
  throw new LaunchError(
    'The documentation site is built by MkDocs, which needs Python 3.9 or newer with its module venv (Debian: apt-get install python3-venv).',
  );
}

/** MkDocs with the plugin of TechDocs, in an environment of its own; made anew when its list changes. */
async function ensureMkdocs(env) {
  const home = path.dirname(techdocsPrograms);
  const stamp = path.join(home, 'requirements.txt');
  const wanted = fs.readFileSync(requirements, 'utf8');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  say('Installing MkDocs with the plugin of TechDocs …');
  const python = findPython();
  fs.rmSync(home, { recursive: true, force: true });
  await runQuietly('mkdocs-environment', python, ['-m', 'venv', home], {
    cwd: inRoot(),
    env,
  });
  await runQuietly(
    'mkdocs-install',
    path.join(techdocsPrograms, 'python'),
    ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', requirements],
    { cwd: inRoot(), env },
  );
  fs.copyFileSync(requirements, stamp);
}

/**
 * `npm run docs:site`: lays out the documentation for TechDocs, brings MkDocs, and builds the site
 * with every warning an error. A portal that is started afterwards finds both.
 */
export async function docsSite() {
  const node = await prepare();
  // The theme advertises its quarrel with MkDocs 2, which is not used here.
  const env = childEnvironment(node, { NO_MKDOCS_2_WARNING: 'true' });
  const cwd = inRoot();
  const laidOut = await runVisibly(
    node,
    [inRoot('.ci', 'site', 'assemble.mjs')],
    { cwd, env },
  );
  if (laidOut !== 0) {
    return laidOut;
  }
  await ensureMkdocs(env);
  const site = path.join(launchCache, 'site');
  const code = await runVisibly(
    path.join(techdocsPrograms, 'mkdocs'),
    [
      'build',
      '--strict',
      '--quiet',
      '--config-file',
      inRoot('docs', '.site', 'mkdocs.yml'),
      '--site-dir',
      site,
    ],
    { cwd, env },
  );
  if (code === 0) {
    say(`Built ${path.join(site, 'index.html')}`);
  }
  return code;
}

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../../.launch/paths.mjs';

const OWN_SCOPE = '@agentic-backstage';

function link(target, at) {
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.symlinkSync(target, at);
}

/** The files that are in Git, or would be: as they are in the working tree. */
function ownFiles() {
  return execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
    .split('\0')
    .filter(file => file !== '' && fs.existsSync(inRoot(file)));
}

/** What is installed, entry by entry, but with the copy's own packages in the place of ours. */
function linkModules(copy) {
  const modules = path.join(copy, 'node_modules');
  for (const name of fs.readdirSync(inRoot('node_modules'))) {
    if (name !== OWN_SCOPE && name !== '.launch-stamp') {
      link(inRoot('node_modules', name), path.join(modules, name));
    }
  }
  for (const name of fs.readdirSync(inRoot('node_modules', OWN_SCOPE))) {
    link(
      fs.readlinkSync(inRoot('node_modules', OWN_SCOPE, name)),
      path.join(modules, OWN_SCOPE, name),
    );
  }
  for (const group of ['packages', 'plugins', 'examples']) {
    for (const name of fs.readdirSync(inRoot(group))) {
      const nested = path.join(group, name, 'node_modules');
      if (
        fs.existsSync(inRoot(nested)) &&
        fs.existsSync(path.join(copy, group, name))
      ) {
        link(inRoot(nested), path.join(copy, nested));
      }
    }
  }
}

/**
 * A copy of this repository in a folder, to be changed by a test: the files of
 * the working tree, with the dependencies that are installed here.
 */
export function copyRepository(copy) {
  for (const file of ownFiles()) {
    fs.cpSync(inRoot(file), path.join(copy, file), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  linkModules(copy);
  link(inRoot('.cache'), path.join(copy, '.cache'));
}

/** Lets the other packages of a copy find those that were made since, as an installation does. */
export function linkNewPackages(copy) {
  const plugins = path.join(copy, 'plugins');
  for (const folder of fs.readdirSync(plugins)) {
    const manifest = path.join(plugins, folder, 'package.json');
    if (fs.existsSync(manifest)) {
      const { name } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
      const at = path.join(copy, 'node_modules', name);
      if (!fs.existsSync(at)) {
        link(path.join(plugins, folder), at);
      }
    }
  }
}

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LaunchError } from './log.mjs';
import { inRoot } from './paths.mjs';

const starters = inRoot('.launch', 'starters');

/** What a name is in each of the ways a package needs it; the keys are the names in the starters. */
export function namesOf(id, title) {
  const slug = id.replaceAll('.', '-');
  const camel = slug.replace(/-([a-z0-9])/g, (_, letter) =>
    letter.toUpperCase(),
  );
  return {
    'starter.id': id,
    'starter-id': slug,
    starterId: camel,
    StarterId: camel[0].toUpperCase() + camel.slice(1),
    'Starter title': title,
  };
}

/** A title for an id: `ticket.create` is "Ticket create". */
export function titleOf(id) {
  const words = id.replace(/[.-]/g, ' ');
  return words[0].toUpperCase() + words.slice(1);
}

function renamed(text, names) {
  return Object.entries(names).reduce(
    (current, [from, to]) => current.replaceAll(from, to),
    text,
  );
}

function filesBelow(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      path.relative(folder, path.join(entry.parentPath, entry.name)),
    )
    .sort();
}

// Hidden files of a starter would hold for the starter itself.
const FILE_NAMES = { 'eslintrc.cjs': '.eslintrc.js' };

/** Every file of a starter under its new name, as path and text. `adapt` changes what is different elsewhere. */
export function renderStarter(starter, names, adapt = (_, text) => text) {
  const folder = path.join(starters, starter);
  return filesBelow(folder)
    .map(file => {
      const target = renamed(FILE_NAMES[file] ?? file, names);
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      return { path: target, text: adapt(target, renamed(text, names)) };
    })
    .filter(({ text }) => text !== undefined);
}

/**
 * Formats what was rendered, as other names make other lines, where prettier is
 * installed; elsewhere `prettier --write` has to be called.
 */
export function formatted(files, cwd) {
  const require = createRequire(path.join(cwd, 'package.json'));
  let prettier;
  try {
    prettier = require('prettier');
  } catch {
    return files;
  }
  const options = require('@backstage/cli/config/prettier');
  return files.map(file => {
    const { inferredParser } = prettier.getFileInfo.sync(file.path);
    return inferredParser && !file.path.endsWith('report.api.md')
      ? {
          ...file,
          text: prettier.format(file.text, {
            ...options,
            parser: inferredParser,
          }),
        }
      : file;
  });
}

/**
 * Writes a package as a whole: into a folder beside its place, which is then
 * moved there. What is there already is never touched.
 */
export function writePackage(folder, files) {
  const staging = `${folder}.${process.pid}.part`;
  try {
    for (const file of files) {
      const target = path.join(staging, file.path);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, file.text);
    }
    if (fs.existsSync(folder)) {
      throw new LaunchError(`There is a folder ${folder} already.`);
    }
    fs.renameSync(staging, folder);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

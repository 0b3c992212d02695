import fs from 'node:fs';
import path from 'node:path';

const NOT_OURS = [
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'templates',
];

/** Every file of ours below a folder that ends like this; not the templates of other repositories. */
export function filesBelow(folder, ending) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => {
      const file = path.join(folder, entry.name);
      if (entry.name.startsWith('.') || NOT_OURS.includes(entry.name)) {
        return [];
      }
      if (entry.isDirectory()) {
        return filesBelow(file, ending);
      }
      return ending.test(file) ? [file] : [];
    })
    .sort();
}

/** A page taken apart: its text without code blocks, its code blocks, and what it names. */
export function readPage(file) {
  const source = fs.readFileSync(file, 'utf8');
  const blocks = [];
  const text = source.replace(
    /^( *)```([^\n]*)\n([\s\S]*?)^\1```$/gm,
    (_, indent, info, body) => {
      const code = body.replace(new RegExp(`^${indent}`, 'gm'), '');
      const [language, ...marks] = info.trim().split(/\s+/);
      blocks.push({ language, marks, code });
      return '';
    },
  );
  return {
    file,
    source,
    text,
    blocks,
    names: [...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name),
    links: [...text.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(
      ([, target]) => target,
    ),
    anchors: [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
    rows: [...text.matchAll(/^\|(.+)\|$/gm)].map(([, row]) =>
      row.split('|').map(cell => cell.trim()),
    ),
  };
}

/** What is wrong with a link of a page; `undefined` when it leads somewhere. */
export function problemOfLink({ file, anchors }, link) {
  if (/^(https?|mailto):/.test(link)) {
    return undefined;
  }
  const [target, anchor] = link.split('#');
  const there = target
    ? path.join(path.dirname(file), decodeURIComponent(target))
    : file;
  if (!fs.existsSync(there)) {
    return `${file}: there is no ${link}`;
  }
  if (
    anchor &&
    !(target ? readPage(there).anchors : anchors).includes(anchor)
  ) {
    return `${file}: ${there} has no heading #${anchor}`;
  }
  return undefined;
}

/** The commands of a shell block as lists of words, without variables that are set for them. */
export function commandsIn(code) {
  return code
    .replace(/(\\|\|)\n/g, '$1 ')
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
    .map(line =>
      line
        .replace(/^[A-Z_]+=\$\(/, '')
        .replace(/^(?:[A-Z_]+=\S+\s+)+/, '')
        .split(/\s+/),
    );
}

/** The npm scripts that a text names. */
export function npmScriptsIn(text) {
  return [...text.matchAll(/\bnpm (?:(start|test)\b|run ([\w:-]+))/g)].map(
    ([, short, named]) => short ?? named,
  );
}

/** Every path of a parsed YAML document, without the elements of lists. */
export function pathsIn(value, prefix = []) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) => [
        [...prefix, name].join('.'),
        ...pathsIn(inner, [...prefix, name]),
      ])
    : [];
}

/** The routes that the files of a router register, as `GET /things/{id}`. */
export function routesIn(folder) {
  const sources = fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => fs.readFileSync(path.join(folder, name), 'utf8'));
  return sources.flatMap(source => {
    const actions = /of \[([^\]]+)\] as const\)/.exec(source)?.[1] ?? '';
    const names = [...actions.matchAll(/'(\w+)'/g)].map(([, name]) => name);
    return [...source.matchAll(/router\.(get|post)\(\s*['`]([^'`]+)['`]/g)]
      .flatMap(([, method, route]) =>
        route.includes('${action}')
          ? names.map(name => [method, route.replace('${action}', name)])
          : [[method, route]],
      )
      .map(
        ([method, route]) =>
          `${method.toUpperCase()} ${route.replace(/:(\w+)/g, '{$1}')}`,
      );
  });
}

import fs from 'node:fs';
import path from 'node:path';
import semver from 'semver';

const read = folder =>
  JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/**
 * Where our packages do not take the Backstage that a portal has: a version of
 * the portal's that is outside of our range, or a second copy below a package
 * of ours.
 */
export function findForeignVersions(portal) {
  const modules = path.join(portal, 'node_modules');
  const scope = path.join(modules, '@agentic-backstage');
  return fs.readdirSync(scope).flatMap(name => {
    const own = path.join(scope, name);
    const copies = path.join(own, 'node_modules', '@backstage');
    return [
      ...(fs.existsSync(copies)
        ? fs.readdirSync(copies).map(copy => `${name} has its own ${copy}`)
        : []),
      ...Object.entries(read(own).dependencies ?? {})
        .filter(([dependency]) => dependency.startsWith('@backstage/'))
        .map(([dependency, range]) => {
          const { version } = read(path.join(modules, dependency));
          return semver.satisfies(version, range)
            ? undefined
            : `${name} wants ${dependency} ${range}, and there is ${version}`;
        })
        .filter(Boolean),
    ];
  });
}

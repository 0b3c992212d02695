import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { renderService } = createRequire(import.meta.url)('../../src');

/** Lets Go resolve what the code of a variant imports, from the direct dependencies of the catalogue; answers the lockfile templates by name. */
export function resolveLocks({ folder, template, database }) {
  const [name] = Object.entries(template.databases).find(
    ([, each]) => each === database,
  );
  const direct = { ...template.dependencies, ...database.dependencies };
  const files = renderService(
    {
      name: 'lock-service',
      description: '',
      owner: 'group:default/owners',
      language: template.language,
      pattern: template.pattern,
      database: name,
      environment: 'development',
      port: 8080,
    },
    {
      parts: ['repository'],
      provenance: {
        generator: 'refresh-locks',
        requestId: 'lock',
        requestedBy: 'refresh-locks',
        approvals: {},
        purpose: '',
        template: template.id,
        templateHash: 'none',
      },
    },
  );
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(join(folder, 'go.sum'), '');
  writeFileSync(
    join(folder, 'go.mod'),
    [
      'module lock-service',
      `go ${template.runtime.minimumVersion}`,
      'require (',
      ...Object.entries(direct).map(([path, version]) => `${path} v${version}`),
      ')',
      '',
    ].join('\n'),
  );
  const { status } = spawnSync('go', ['mod', 'tidy'], {
    cwd: folder,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    throw new Error('go mod tidy could not resolve the dependencies');
  }
  const manifest = readFileSync(join(folder, 'go.mod'), 'utf8');
  const found = Object.fromEntries(
    [...manifest.matchAll(/^\t(\S+) v(\S+)$/gm)].map(([, path, version]) => [
      path,
      version,
    ]),
  );
  for (const path of new Set([...Object.keys(found), ...Object.keys(direct)])) {
    if (found[path] !== direct[path]) {
      throw new Error(
        `${path} is ${found[path] ?? 'not imported'}, the catalogue says ${
          direct[path] ?? 'nothing about it'
        }`,
      );
    }
  }
  return {
    'go.mod': manifest.replace('module lock-service', 'module <$ module $>'),
    'go.sum': readFileSync(join(folder, 'go.sum'), 'utf8'),
  };
}

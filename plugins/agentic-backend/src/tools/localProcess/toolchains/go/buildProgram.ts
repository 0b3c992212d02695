import { InputError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { minimalEnvironment } from '../../../exec/minimalEnvironment';
import { runProcess } from '../../../exec/runProcess';
import type { Go } from './findGo';
import { failureOf } from './provideModules';

/** Compiling everything for the first time takes minutes on a small machine. */
const BUILD_TIMEOUT_MS = 900_000;

/**
 * Compiles `./cmd/<command>` of a release to `bin/<command>`, in the place of anything that the
 * repository may have there. Nothing is fetched, and nothing of the repository runs: neither
 * generators nor a C compiler, nor settings of the user or of a workspace.
 */
export async function buildProgram(options: {
  readonly go: Go;
  readonly folder: string;
  readonly command: string;
  readonly modules: string;
  /** What was compiled before, for all services. */
  readonly cache: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { go, folder, command, modules, cache, signal } = options;
  const source = path.join(folder, 'cmd', command);
  await access(source).catch(() => {
    throw new InputError(
      `The repository has no folder 'cmd/${command}' to build 'bin/${command}' from`,
    );
  });
  const bin = path.join(folder, 'bin');
  const staging = path.join(folder, `.build-${randomUUID()}`);
  await mkdir(cache, { recursive: true, mode: 0o700 });
  try {
    const outcome = await runProcess({
      program: go.program,
      args: [
        'build',
        '-buildvcs=false',
        '-ldflags=-s -w',
        '-o',
        path.join(staging, command),
        `./cmd/${command}`,
      ],
      cwd: folder,
      env: {
        ...minimalEnvironment(),
        CGO_ENABLED: '0',
        GOCACHE: cache,
        GOENV: 'off',
        GOFLAGS: '-mod=readonly -trimpath -tags=nomsgpack -modcacherw',
        GOMODCACHE: modules,
        GOPROXY: 'off',
        GOSUMDB: 'off',
        GOTELEMETRY: 'off',
        GOTOOLCHAIN: 'local',
        GOWORK: 'off',
        // Go wants a home even where it writes nothing there.
        HOME: cache,
      },
      timeoutMs: BUILD_TIMEOUT_MS,
      signal,
    });
    if (outcome.exitCode !== 0) {
      throw failureOf(
        'The service does not compile, so nothing was started',
        outcome.stderr,
      );
    }
    await mkdir(bin, { recursive: true, mode: 0o755 });
    await rename(path.join(staging, command), path.join(bin, command));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

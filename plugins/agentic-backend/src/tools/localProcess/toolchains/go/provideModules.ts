import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import { runProcess } from '../../../exec/runProcess';
import { storeEntry } from '../dependencyStore';
import { installerEnvironment } from '../installerEnvironment';
import type { Go } from './findGo';

/** Settings of the user's own that say where modules come from; what would switch a check off is not among them. */
const GO_SETTINGS = /^(GOPROXY|GOPRIVATE|GONOPROXY|GONOSUMDB|GOSUMDB|GOAUTH)$/;
const NONE = /^$/;

/** Words of Go's for a lock that does not agree with what it names. */
const DISAGREEMENT =
  /checksum mismatch|SECURITY ERROR|missing go\.sum entry|updates to go\.mod needed|malformed go\.sum|errors parsing go\.mod/;

/**
 * The name of a lock's entry in the store: what `go.mod` asks for and what `go.sum` lets in. Comments
 * and the name of the module do not count, so services with the same dependencies share one entry.
 */
export function modulesKey(manifest: string, sums: string): string {
  const asked = manifest
    .split('\n')
    .map(line => line.replace(/\/\/.*$/, '').trim())
    .filter(line => line !== '' && !line.startsWith('module '));
  return createHash('sha256')
    .update(JSON.stringify([asked, sums.split('\n').filter(Boolean).sort()]))
    .digest('hex');
}

/** What Go said, turned into what to do: a lock that does not hold is the repository's to mend. */
export function failureOf(doing: string, said: string): Error {
  const words = said.trim().slice(-800);
  return DISAGREEMENT.test(said)
    ? new InputError(
        `'go.sum' and 'go.mod' do not hold for the modules of the service, so nothing was built; run 'go mod tidy' where the difference can be looked at. Go said: ${words}`,
      )
    : new ServiceUnavailableError(`${doing}. Go said: ${words}`);
}

/**
 * A folder with the modules that the lock of a release names, from a store that is filled once. Go
 * holds every module against `go.sum`, when it is fetched and again at each build.
 */
export async function provideModules(
  options: { readonly store: string; readonly go: Go },
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const { store, go } = options;
  const read = (name: string) => readFileIfThere(path.join(folder, name));
  const manifest = await read('go.mod');
  const sums = await read('go.sum');
  if (manifest === undefined) {
    throw new InputError(
      "The repository has no 'go.mod', so it is no Go service",
    );
  }
  return storeEntry({
    store,
    key: modulesKey(manifest, sums ?? ''),
    content: 'modules',
    async fill(staging) {
      const modules = path.join(staging, 'modules');
      await mkdir(modules);
      for (const name of [
        'go.mod',
        ...(sums === undefined ? [] : ['go.sum']),
      ]) {
        await copyFile(path.join(folder, name), path.join(staging, name));
      }
      const environment = installerEnvironment(GO_SETTINGS, NONE);
      const outcome = await runProcess({
        program: go.program,
        args: ['mod', 'download'],
        cwd: staging,
        env: {
          ...environment,
          CGO_ENABLED: '0',
          // So that an entry can be deleted like any other folder.
          GOFLAGS: '-modcacherw',
          GOMODCACHE: modules,
          GOTOOLCHAIN: 'local',
          GOVCS: '*:off',
          GOWORK: 'off',
        },
        timeoutMs: 300_000,
        signal,
      });
      if (outcome.exitCode !== 0) {
        throw failureOf(
          'The modules of the service could not be fetched; connect this machine to its Go module proxy',
          outcome.stderr,
        );
      }
    },
  });
}

import { access } from 'node:fs/promises';
import { minimalEnvironment } from '../../../exec/minimalEnvironment';
import { runProcess } from '../../../exec/runProcess';

/** The oldest Go that compiles generated services. */
export const GO_LEAST = [1, 26] as const;
/** What a machine needs, in words. */
export const GO_NEEDED = `Go ${GO_LEAST.join('.')} or later`;

/** A Go of this machine. */
export interface Go {
  readonly program: string;
  readonly version: string;
}

/** Where installers put it, for a portal whose `PATH` lacks it. */
const CANDIDATES = [
  'go',
  '/usr/local/go/bin/go',
  '/usr/lib/go/bin/go',
  '/opt/homebrew/bin/go',
];

async function ask(program: string): Promise<Go | undefined> {
  const outcome = await runProcess({
    program,
    args: ['version'],
    env: minimalEnvironment({ GOTOOLCHAIN: 'local', GOENV: 'off' }),
    cwd: '/',
    timeoutMs: 10_000,
  }).catch(() => undefined);
  const [, version, major, minor] =
    /^go version go((\d+)\.(\d+)\S*)/.exec(outcome?.stdout ?? '') ?? [];
  if (outcome?.exitCode !== 0 || version === undefined) {
    return undefined;
  }
  const enough =
    Number(major) * 1000 + Number(minor) >= GO_LEAST[0] * 1000 + GO_LEAST[1];
  return enough ? { program, version } : undefined;
}

/** Finds a Go that compiles generated services: the configured one, or the first of the usual ones. */
export async function findGo(
  configured: string | undefined,
): Promise<Go | undefined> {
  for (const candidate of configured ? [configured] : CANDIDATES) {
    const go = await ask(candidate);
    if (go) {
      return go;
    }
  }
  return undefined;
}

/** Remembers the Go that was found for as long as it is there; one that was not found is looked for anew. */
export function rememberGo(
  configured: string | undefined,
): () => Promise<Go | undefined> {
  let known: Promise<Go | undefined> = Promise.resolve(undefined);
  return async () => {
    const before = await known;
    const isThere =
      before !== undefined &&
      (!before.program.includes('/') ||
        (await access(before.program).then(
          () => true,
          () => false,
        )));
    if (!isThere) {
      known = findGo(configured);
    }
    return known;
  };
}

import { access } from 'node:fs/promises';
import { z } from 'zod';
import { minimalEnvironment } from '../../../exec/minimalEnvironment';
import { runProcess } from '../../../exec/runProcess';
import { canReach, runsAsRoot } from '../../../exec/unprivilegedUser';

/** A Python that can run services. */
export interface Python {
  readonly executable: string;
  /** Where its library is. */
  readonly prefix: string;
  readonly version: string;
}

/** The versions that generated services are tested with and have wheels for. */
export const PYTHON_VERSIONS = { least: [3, 11], most: [3, 14] } as const;

/** What to install, in words. */
export const PYTHON_NEEDED = `Python ${PYTHON_VERSIONS.least.join(
  '.',
)} to ${PYTHON_VERSIONS.most.join('.')} with its module venv`;

// The system's own come first: a service without rights cannot reach what lies in somebody's home.
const CANDIDATES = [
  ...(process.platform === 'linux'
    ? ['/usr/bin/python3', '/usr/local/bin/python3']
    : []),
  ...['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'],
];

const QUESTION =
  'import ensurepip, json, os, sys, venv; print(json.dumps([os.path.realpath(sys.executable), sys.base_prefix, list(sys.version_info[:3])]))';
const Answer = z.tuple([
  z.string(),
  z.string(),
  z.tuple([z.number(), z.number(), z.number()]),
]);

async function ask(program: string): Promise<Python | undefined> {
  const outcome = await runProcess({
    program,
    args: ['-I', '-c', QUESTION],
    env: minimalEnvironment(
      process.env.HOME ? { HOME: process.env.HOME } : undefined,
    ),
    cwd: '/',
    timeoutMs: 10_000,
  }).catch(() => undefined);
  if (outcome?.exitCode !== 0) {
    return undefined;
  }
  const [executable, prefix, [major, minor, patch]] = Answer.parse(
    JSON.parse(outcome.stdout),
  );
  const number = major * 1000 + minor;
  const { least, most } = PYTHON_VERSIONS;
  return number >= least[0] * 1000 + least[1] &&
    number <= most[0] * 1000 + most[1]
    ? { executable, prefix, version: `${major}.${minor}.${patch}` }
    : undefined;
}

/**
 * Finds a Python that generated services can use: the configured one, or the first of the usual ones,
 * rather one that a user without rights can reach where the portal is root.
 */
export async function findPython(
  configured: string | undefined,
): Promise<Python | undefined> {
  const nobody = { uid: 65534, gid: 65534 };
  let secondBest: Python | undefined;
  for (const candidate of configured ? [configured] : CANDIDATES) {
    const python = await ask(candidate);
    if (python) {
      const reachable =
        !runsAsRoot() || (await canReach(nobody, python.executable));
      if (reachable) {
        return python;
      }
      secondBest ??= python;
    }
  }
  return secondBest;
}

/** Remembers the Python that was found for as long as it is there. */
export function rememberPython(
  configured: string | undefined,
): () => Promise<Python | undefined> {
  let known: Promise<Python | undefined> = Promise.resolve(undefined);
  return async () => {
    const before = await known;
    const isThere =
      before !== undefined &&
      (await access(before.executable).then(
        () => true,
        () => false,
      ));
    if (!isThere) {
      known = findPython(configured);
    }
    return known;
  };
}

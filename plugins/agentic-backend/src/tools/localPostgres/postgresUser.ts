import { readFile } from 'node:fs/promises';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { runProcess } from '../exec/runProcess';
import { runsAsRoot, type UserIds } from '../exec/unprivilegedUser';

async function idsOf(name: string): Promise<UserIds | undefined> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = users
    .split('\n')
    .map(line => line.split(':'))
    .find(([user]) => user === name);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/**
 * Whom PostgreSQL runs as when the portal is root, which it refuses: the user `postgres`, made when
 * it is missing, or else `nobody`. `undefined` when the portal is an ordinary user.
 */
export async function postgresUser(): Promise<UserIds | undefined> {
  if (!runsAsRoot()) {
    return undefined;
  }
  const existing = await idsOf('postgres');
  if (existing) {
    return existing;
  }
  await runProcess({
    program: 'useradd',
    args: [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ],
    env: minimalEnvironment(),
  }).catch(() => undefined);
  return (await idsOf('postgres')) ?? idsOf('nobody');
}

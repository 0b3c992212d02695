import { chmod, mkdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { canReach, type UserIds } from '../exec/unprivilegedUser';

const SYSTEM_FOLDER = '/var/lib/agentic-framework';

/**
 * Where the server keeps its files: `postgres` in the data folder. When the portal is root and the
 * server's user cannot get there, for example below `/root`, a folder in `/var/lib` named after the
 * data folder; rights of folders that are not ours are never widened.
 */
export async function serverFolder(
  dataDir: string,
  user: UserIds | undefined,
): Promise<string> {
  const inDataDir = path.join(dataDir, 'postgres');
  if (!user || (await canReach(user, inDataDir))) {
    return inDataDir;
  }
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return path.join(SYSTEM_FOLDER, id, 'postgres');
}

/** Makes the folder so that the server's user can pass through it. */
export async function makeServerFolder(
  folder: string,
  user: UserIds | undefined,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  // The mode of mkdir is cut by the umask of the portal.
  await chmod(folder, user ? 0o711 : 0o700);
}

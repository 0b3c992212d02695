import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Ids a program is started with. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** Whether this process runs as root, which some programs refuse and no service should. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether a user can get to a path: every folder above it lets that user pass. */
export async function canReach(
  user: UserIds,
  target: string,
): Promise<boolean> {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const allowed =
        (found.uid === user.uid && (found.mode & 0o100) !== 0) ||
        (found.gid === user.gid && (found.mode & 0o010) !== 0) ||
        (found.mode & 0o001) !== 0;
      if (!allowed) {
        return false;
      }
    }
    if (folder === path.dirname(folder)) {
      return true;
    }
  }
}

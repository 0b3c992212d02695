import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { oneAtATime } from '../../disk/oneAtATime';

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * The folder of an entry of the dependency store. It is filled once, in a folder beside it that
 * takes its place when it is whole; `content` is the folder in it by which a whole entry is known.
 */
export async function storeEntry(entry: {
  readonly store: string;
  readonly key: string;
  readonly content: string;
  readonly fill: (staging: string) => Promise<void>;
}): Promise<string> {
  const folder = path.join(entry.store, entry.key);
  const content = path.join(folder, entry.content);
  await oneAtATime(folder, async () => {
    if (await exists(content)) {
      return;
    }
    const staging = `${folder}.${randomUUID()}.new`;
    try {
      await mkdir(staging, { recursive: true });
      await entry.fill(staging);
      await rename(staging, folder).catch(async error => {
        // Another process was faster.
        if (!(await exists(content))) {
          throw error;
        }
      });
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
  return content;
}

/** Links a folder of the store into a release; does nothing where there is something by that name. */
export async function linkInto(
  release: string,
  name: string,
  target: string,
): Promise<void> {
  await symlink(target, path.join(release, name), 'dir').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    },
  );
}

import type { SecretAccess } from '@agentic-backstage/plugin-agentic-node';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere } from '../disk/readFileIfThere';

const OldSecret = z.object({
  database: z.string(),
  user: z.string(),
  password: z.string(),
});
const OLD_FILE = /^([a-z][a-z0-9-]{0,62})(?:\.([a-z][a-z0-9_-]{0,62}))?\.json$/;

/**
 * Moves the passwords that versions before the store of secrets kept as files in the data folder.
 * A file is removed once its content was read back from the store; repeating it does no harm.
 * Answers the names of the files moved.
 */
export async function moveOldSecrets(
  dataDir: string,
  secrets: SecretAccess,
): Promise<string[]> {
  const folder = path.join(dataDir, 'secrets');
  const moved: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const match = OLD_FILE.exec(name);
    const file = path.join(folder, name);
    const text = match && (await readFileIfThere(file));
    if (!match || !text) {
      continue;
    }
    const { database, user, password } = OldSecret.parse(JSON.parse(text));
    const [, serviceName, archived] = match;
    const place = `local-postgres/${serviceName}${
      archived === undefined ? '' : `/${archived}`
    }`;
    const purpose = `to move it from secrets/${name} into the store`;
    const found = await secrets.describe(place);
    const kept =
      found ??
      (await secrets.put(
        place,
        {
          values: { password },
          labels: {
            database: archived ?? database,
            user: archived ?? user,
          },
        },
        purpose,
      ));
    const readBack = await secrets.resolve(
      `secret:${kept.store}/${place}#password`,
      purpose,
    );
    // What was put since by a newer version stands; what was put just now has to be what it was.
    if (!found && readBack !== password) {
      throw new Error(
        `The store answers something else than what was put for ${place}; secrets/${name} is left where it is`,
      );
    }
    await rm(file);
    moved.push(name);
  }
  return moved;
}

import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { privateFolder } from '../disk/privateFolder';
import { readFileIfThere } from '../disk/readFileIfThere';
import { writeFileAtomically } from '../disk/writeFileAtomically';

const DatabaseSecret = z.object({
  database: z.string(),
  user: z.string(),
  password: z.string(),
});
/** How a service gets into its database. */
export type DatabaseSecret = z.infer<typeof DatabaseSecret>;

/** The secrets of services: one file each, in a folder only the portal's user may enter. */
export class DatabaseSecrets {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, 'secrets');
  }

  /** How the secret is called where the secret itself must not appear. */
  refOf(serviceName: string): string {
    return `local:secrets/${serviceName}`;
  }

  async get(serviceName: string): Promise<DatabaseSecret | undefined> {
    const text = await readFileIfThere(this.#file(serviceName));
    return text === undefined
      ? undefined
      : DatabaseSecret.parse(JSON.parse(text));
  }

  async put(serviceName: string, secret: DatabaseSecret): Promise<void> {
    await privateFolder(this.#folder);
    await writeFileAtomically(this.#file(serviceName), JSON.stringify(secret));
  }

  async remove(serviceName: string): Promise<void> {
    await rm(this.#file(serviceName), { force: true });
  }

  /** Keeps the secret of a database that was set aside under that database's name. */
  async setAside(serviceName: string, database: string): Promise<void> {
    await rename(
      this.#file(serviceName),
      path.join(this.#folder, `${serviceName}.${database}.json`),
    ).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') {
        throw error;
      }
    });
  }

  async list(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  #file(serviceName: string): string {
    return path.join(this.#folder, `${serviceName}.json`);
  }
}

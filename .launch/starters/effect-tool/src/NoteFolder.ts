import { isError } from '@backstage/errors';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** A note as it is kept: with the key of the effect that wrote it, so that it is written once. */
export const Note = z.object({ key: z.string(), text: z.string() });
export type Note = z.infer<typeof Note>;

/** A folder of notes, one JSON file each: what this tool can change of the world. */
export class NoteFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The note of that name, if there is one. */
  async read(name: string): Promise<Note | undefined> {
    try {
      const text = await readFile(this.#fileOf(name), 'utf8');
      return Note.parse(JSON.parse(text));
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** Writes a note as a whole, or not at all. */
  async write(name: string, note: Note): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const staged = `${this.#fileOf(name)}.part`;
    await writeFile(staged, `${JSON.stringify(note)}\n`);
    await rename(staged, this.#fileOf(name));
  }

  /** Removes a note; no error when there is none. */
  async remove(name: string): Promise<void> {
    await rm(this.#fileOf(name), { force: true });
  }

  #fileOf(name: string): string {
    return path.join(this.#folder, `${name}.json`);
  }
}

import { isError } from '@backstage/errors';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

// The last line of each page says which effect has written it, so that it is written once.
const MARK = /\n<!-- written by (\S+) -->\n$/;

/** A runbook as it is kept. */
export interface KeptRunbook {
  readonly text: string;
  /** The key of the effect that wrote it; absent when somebody else did. */
  readonly key?: string;
}

/** A folder of runbooks, one Markdown file for each service. */
export class RunbookFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  fileOf(serviceName: string): string {
    return path.join(this.#folder, `${serviceName}.md`);
  }

  async read(serviceName: string): Promise<KeptRunbook | undefined> {
    try {
      const text = await readFile(this.fileOf(serviceName), 'utf8');
      const key = MARK.exec(text)?.[1];
      return { text: text.replace(MARK, ''), key };
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** Writes a page as a whole, or not at all. */
  async write(serviceName: string, text: string, key: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const staged = `${this.fileOf(serviceName)}.part`;
    await writeFile(staged, `${text}\n<!-- written by ${key} -->\n`);
    await rename(staged, this.fileOf(serviceName));
  }

  async remove(serviceName: string): Promise<void> {
    await rm(this.fileOf(serviceName), { force: true });
  }
}

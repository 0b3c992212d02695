import { readFile } from 'node:fs/promises';

/** Reads a text file; `undefined` when there is none. Any other failure is thrown. */
export async function readFileIfThere(
  file: string,
): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

import { chmod, mkdir } from 'node:fs/promises';

/** Makes a folder that only its owner may enter, also when it was there with wider rights. */
export async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
}

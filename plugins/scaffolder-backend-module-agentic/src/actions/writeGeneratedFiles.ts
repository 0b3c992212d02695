import fs from 'node:fs/promises';
import path from 'node:path';
import type { GenerateResponse } from '@agentic-backstage/plugin-agentic-common';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';

async function existingContent(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Writes the files below `targetPath` of the workspace. All paths are checked before the first file
 * is written: a path that leads out of the workspace, or a file that is there with other content
 * while `replace` is off, leaves the workspace as it was.
 */
export async function writeGeneratedFiles(options: {
  files: GenerateResponse['files'];
  workspacePath: string;
  targetPath?: string;
  replace?: boolean;
}): Promise<void> {
  const { files, workspacePath, targetPath = '.', replace = false } = options;
  const target = resolveSafeChildPath(workspacePath, targetPath);
  const planned = files.map(file => ({
    file,
    destination: resolveSafeChildPath(target, file.path),
  }));
  for (const { file, destination } of planned) {
    const existing = await existingContent(destination);
    if (!replace && existing !== undefined && existing !== file.content) {
      throw new ConflictError(
        `${file.path} is already in the workspace with other content; set replace to true, or another targetPath`,
      );
    }
  }
  for (const { file, destination } of planned) {
    await fs.mkdir(path.dirname(destination), { recursive: true });
    await fs.writeFile(destination, file.content);
    await fs.chmod(destination, file.executable ? 0o755 : 0o644);
  }
}

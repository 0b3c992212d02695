import { existsSync } from 'fs';
import { dirname, join } from 'path';

/**
 * The folder that holds the template files, found both from `src` and from the
 * published `dist`: it stands beside the package.json above this file.
 */
export function templatesFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'templates');
    if (existsSync(join(folder, 'package.json')) && existsSync(candidate)) {
      return candidate;
    }
    if (folder === dirname(folder)) {
      throw new Error(
        'The templates folder of @agentic-backstage/service-templates is missing; install the package again',
      );
    }
  }
}

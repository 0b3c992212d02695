import { dirname, join } from 'path';

/** The folder that holds the template files, the same for `src` and for the published `dist`. */
export function templatesFolder(): string {
  const manifest = require.resolve(
    '@agentic-backstage/service-templates/package.json',
  );
  return join(dirname(manifest), 'templates');
}

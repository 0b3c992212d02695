import { resolvePackagePath } from '@backstage/backend-plugin-api';

/**
 * Makes the repository root the working directory, so that the relative paths in `app-config.yaml`
 * (catalog files, databases) mean the same wherever the backend was started from.
 */
export function enterRepositoryRoot(): void {
  process.chdir(resolvePackagePath('backend', '..', '..'));
}

import { runVisibly } from './command.mjs';
import { childEnvironment } from './environment.mjs';
import { inRoot } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { prepareServiceDependencies } from './prepareServiceDependencies.mjs';

/**
 * `npm run test:authors`: follows docs/add-an-agent.md and docs/add-a-tool.md in
 * a copy of this repository, and checks what was made as CI checks our own.
 */
export async function testAuthors() {
  const node = await prepare(prepareServiceDependencies);
  return runVisibly(
    node,
    [
      '--test',
      '--test-reporter=spec',
      inRoot('.ci', 'authors', 'recipes.test.mjs'),
    ],
    { cwd: inRoot(), env: childEnvironment(node) },
  );
}

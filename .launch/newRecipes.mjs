import { runVisibly } from './command.mjs';
import { childEnvironment } from './environment.mjs';
import { LaunchError } from './log.mjs';
import { inRoot } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { prepareServiceDependencies } from './prepareServiceDependencies.mjs';

const FILES = {
  recipes: 'recipes.test.mjs',
  customAgent: 'customAgent.test.mjs',
};

/**
 * `npm run test:authors [-- names]`: `recipes`, which is done without a name,
 * follows docs/add-an-agent.md and docs/add-a-tool.md in a copy of this
 * repository and checks what was made as CI checks our own; `customAgent` sees
 * examples/custom-agent at work in a portal of its own.
 */
export async function testAuthors(args) {
  const wanted = args.length ? args : ['recipes'];
  const unknown = wanted.filter(name => !Object.hasOwn(FILES, name));
  if (unknown.length > 0) {
    throw new LaunchError(
      `There is no ${unknown.join(', ')}; there are: ${Object.keys(FILES).join(
        ', ',
      )}.`,
    );
  }
  const node = await prepare(prepareServiceDependencies);
  return runVisibly(
    node,
    [
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      ...wanted.map(name => inRoot('.ci', 'authors', FILES[name])),
    ],
    { cwd: inRoot(), env: childEnvironment(node) },
  );
}

import { forwardSignals } from './command.mjs';
import { docsSite } from './docsSite.mjs';
import { newAgent, newTool } from './new.mjs';
import { testAuthors } from './newRecipes.mjs';
import { packAll } from './pack.mjs';
import { start } from './start.mjs';
import {
  apiReports,
  bench,
  dev,
  docsGenerate,
  lint,
  prettierCheck,
  test,
  testAdopt,
  testBrowser,
  testFull,
  testPortal,
  testReplicas,
  typeCheck,
  verifyGenerated,
} from './tools.mjs';
import { prepare } from './prepare.mjs';
import { prepareServiceDependencies } from './prepareServiceDependencies.mjs';
import { LaunchError } from './log.mjs';

const commands = {
  start,
  bench,
  dev,
  lint,
  test,
  'test:full': testFull,
  'test:adopt': testAdopt,
  'test:authors': testAuthors,
  'test:browser': testBrowser,
  'test:portal': testPortal,
  'test:replicas': testReplicas,
  tsc: typeCheck,
  'docs:generate': docsGenerate,
  'docs:site': docsSite,
  'verify-generated': verifyGenerated,
  'prettier:check': prettierCheck,
  'api-reports': apiReports,
  'pack:all': packAll,
  'new:agent': newAgent,
  'new:tool': newTool,
  bootstrap: async () => {
    await prepare(prepareServiceDependencies);
    return 0;
  },
};

const [name, ...args] = process.argv.slice(2);
forwardSignals();
try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new LaunchError(
      `There is no command "${name}". There are: ${Object.keys(commands).join(
        ', ',
      )}.`,
    );
  }
  process.exitCode = await command(args);
} catch (error) {
  process.stderr.write(
    `\n${error instanceof LaunchError ? error.message : error.stack}\n`,
  );
  process.exitCode = 1;
}

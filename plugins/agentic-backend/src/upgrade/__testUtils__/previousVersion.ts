import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../../../..');
const PACKAGE = 'plugins/agentic-backend';
/** The version before: the last one that was released before this schema grew. */
const COMMIT = '92f4e8d';

/** Lays out the sources of the version before and answers where. */
export function checkOutPreviousVersion(): {
  readonly root: string;
  readonly program: string;
  readonly migrations: string;
} {
  const root = path.join(
    ROOT,
    PACKAGE,
    'node_modules/.cache/agentic-previous-version',
    COMMIT,
  );
  const program = path.join(
    root,
    PACKAGE,
    'src/upgrade/__testUtils__/portalProgram.ts',
  );
  if (!existsSync(path.join(root, PACKAGE, 'migrations'))) {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: ROOT, maxBuffer: 256 * 1024 * 1024 });
    try {
      const sources = git('archive', COMMIT, 'packages', 'plugins');
      execFileSync('tar', ['-x', '-C', root], { input: sources });
    } catch (error) {
      throw new Error(
        `The version before, ${COMMIT}, is not in this clone; fetch the whole history: ${error}`,
      );
    }
  }
  mkdirSync(path.dirname(program), { recursive: true });
  cpSync(path.join(__dirname, 'portalProgram.ts'), program);
  return { root, program, migrations: path.join(root, PACKAGE, 'migrations') };
}

import type {
  RuntimeProbe,
  RuntimeReport,
} from '@agentic-backstage/plugin-agentic-node';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { runProcess } from '../exec/runProcess';
import type { GitOptions } from './gitOptions';

const MINIMUM = [2, 30] as const;

/** Says which git there is, or why it cannot be used. */
export async function gitVersion(options: GitOptions): Promise<RuntimeReport> {
  const report = (available: boolean, detail: string): RuntimeReport => ({
    id: 'git',
    available,
    detail,
  });
  let printed: string;
  try {
    const outcome = await runProcess({
      program: options.program,
      args: ['--version'],
      env: minimalEnvironment({ GIT_CONFIG_NOSYSTEM: '1' }),
      timeoutMs: 10_000,
    });
    printed = outcome.stdout.trim() || outcome.stderr.trim();
  } catch (error) {
    return report(
      false,
      `The program '${options.program}' cannot be started on this machine: ${
        (error as Error).message
      }`,
    );
  }
  const match = /^git version (\d+)\.(\d+)(\S*)/.exec(printed);
  if (!match) {
    return report(
      false,
      `'${options.program} --version' answers '${printed.slice(0, 100)}'`,
    );
  }
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const recent =
    major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
  return recent
    ? report(true, `${major}.${minor}${match[3]}`)
    : report(false, `git ${major}.${minor} is older than ${MINIMUM.join('.')}`);
}

/** Tells the planner whether repositories can be published. */
export function createGitProbe(options: GitOptions): RuntimeProbe {
  return { id: 'git', probe: async () => [await gitVersion(options)] };
}

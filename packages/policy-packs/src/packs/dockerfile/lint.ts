import type { Resource } from '../../documents/Resource';
import type {
  CheckFinding,
  PolicyRule,
  PolicySeverity,
} from '../../rules/PolicyRule';
import type { DockerInstruction, DockerStage } from './stages';
import { commandsOf, stagesOf } from './stages';

export type Find = (
  stages: readonly DockerStage[],
  resource: Resource,
) => readonly (CheckFinding | undefined)[];

export function lint(
  id: string,
  severity: PolicySeverity,
  title: string,
  remedy: string,
  find: Find,
  topics: readonly string[] = [id],
): PolicyRule {
  return {
    id: `docker-lint-${id}`,
    category: 'dockerfile-lint',
    severity,
    topics,
    title,
    remedy,
    checks: [
      {
        platform: 'dockerfile',
        find: resource =>
          find(stagesOf(resource), resource).filter(
            finding => finding !== undefined,
          ),
      },
    ],
  };
}

export const at = ({ line }: { line: number }): CheckFinding => ({ line });

/** Instructions of one kind that a test is true of. */
export const each =
  (
    keyword: string,
    test: (instruction: DockerInstruction, stage: DockerStage) => boolean,
  ): Find =>
  stages =>
    stages.flatMap(stage =>
      stage.instructions
        .filter(one => one.keyword === keyword && test(one, stage))
        .map(at),
    );

/** Commands of `RUN` that a pattern fits. */
export const run = (pattern: RegExp, without?: RegExp): Find =>
  each('RUN', one =>
    commandsOf(one).some(
      command => pattern.test(command) && !without?.test(command),
    ),
  );

/** All but the last of several instructions of one kind in one stage. */
export const once =
  (keyword: string): Find =>
  stages =>
    stages.flatMap(({ instructions }) =>
      instructions
        .filter(one => one.keyword === keyword)
        .slice(0, -1)
        .map(at),
    );

/** Text of a `RUN` in which one thing is done, and not the other. */
export const runWithout = (does: RegExp, lacks: RegExp): Find =>
  each('RUN', ({ text }) => does.test(text) && !lacks.test(text));

/** An environment variable or argument that is set so. */
export const variable =
  (pattern: RegExp): Find =>
  stages =>
    stages.flatMap(({ instructions }) =>
      instructions
        .filter(
          ({ keyword, text }) =>
            ['ENV', 'ARG', 'RUN'].includes(keyword) && pattern.test(text),
        )
        .map(at),
    );

export const UPDATES =
  /\b(?:apt-get|apt|yum|dnf|apk|zypper)\b(?:\s+-\S+)*\s+(?:--\S+\s+)*(?:update|refresh)\b/;
export const INSTALLS =
  /\b(?:apt-get|apt|yum|dnf|apk|zypper)\b(?:\s+-\S+)*\s+(?:install|add|in|upgrade|dist-upgrade|reinstall|source|localinstall|source-install)\b|--no-cache/;
export const URL_SOURCE = /^(?:https?|ftp|git):|^git@|\.git(?:#|$)/i;
export const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tar\.\w+|zip|gz|bz2|xz|zst)$/i;
export const ABSOLUTE = /^["']?(?:\/|[A-Za-z]:[\\/]|\$)/;
export const port = (text: string) =>
  text.split(/\s+/).map(one => one.replace(/\/\w+$/, ''));

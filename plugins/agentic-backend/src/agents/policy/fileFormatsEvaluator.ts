import type { PolicyEvaluator } from '@agentic-backstage/plugin-agentic-node';
import { judgeFiles } from './steps/judgeFiles';

const REASONS = {
  allow: 'Every file passed the check of its format',
  deny: 'A file broke a rule of high or critical severity',
} as const;

/**
 * Judges the files of a subject by their formats: deny when one failed, needs_review when one has no
 * checker, else allow. Says nothing about a subject without files.
 */
export const fileFormatsEvaluator: PolicyEvaluator = {
  id: 'file-formats',
  title: 'Every file parses and keeps the rules of its format',
  async evaluate({ files }) {
    if (files.length === 0) {
      return undefined;
    }
    const { decision, violations, notCovered } = await judgeFiles(files);
    return {
      decision,
      violations,
      reasons:
        decision === 'needs_review'
          ? notCovered.map(
              ({ path, reason }) => `${path} was not checked: ${reason}`,
            )
          : [REASONS[decision]],
    };
  },
};

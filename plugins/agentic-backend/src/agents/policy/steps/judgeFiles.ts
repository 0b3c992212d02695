import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import type { FileCheck } from '@agentic-backstage/policy-packs';
import { checkFiles } from '@agentic-backstage/policy-packs';
import type { ComplianceReport } from '../schema';

const CONTROLS_COVERAGE =
  'none: files are held against the rules of their formats, not yet against the controls of PCI DSS, HIPAA or SOC 2';

function decide(checks: readonly FileCheck[]): ComplianceReport['decision'] {
  if (checks.some(({ status }) => status === 'failed')) {
    return 'deny';
  }
  const open = checks.some(({ status }) => status === 'needs_review');
  return open || checks.length === 0 ? 'needs_review' : 'allow';
}

/** Checks files and sums up: deny when one failed, needs_review when something was not looked at. */
export async function judgeFiles(
  files: readonly ArtifactFileInput[],
): Promise<ComplianceReport> {
  const checks = await checkFiles(files);
  const count = (status: FileCheck['status']) =>
    checks.filter(check => check.status === status).length;
  return {
    decision: decide(checks),
    files: {
      passed: count('passed'),
      failed: count('failed'),
      needsReview: count('needs_review'),
    },
    violations: checks.flatMap(({ path, violations }) =>
      violations.map(violation => ({ ...violation, file: path })),
    ),
    notCovered: checks.flatMap(({ path, status, reason }) =>
      status === 'needs_review' ? [{ path, reason: reason ?? '' }] : [],
    ),
    controlsCoverage: CONTROLS_COVERAGE,
  };
}

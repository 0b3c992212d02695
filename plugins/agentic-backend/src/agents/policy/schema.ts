import { Violation } from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';

/** What the policy agent is asked: to judge everything the workflow made so far. */
export const PolicyInput = z.object({ scope: z.literal('workflow') }).strict();
export type PolicyInput = z.infer<typeof PolicyInput>;

/** The compliance report of a workflow. It says as plainly what was not looked at as what was. */
export const ComplianceReport = z.object({
  decision: z.enum(['allow', 'needs_review', 'deny']),
  files: z.object({
    passed: z.number().int(),
    failed: z.number().int(),
    needsReview: z.number().int(),
  }),
  violations: z.array(Violation),
  notCovered: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** Which controls of PCI DSS, HIPAA or SOC 2 were judged. */
  controlsCoverage: z.string(),
});
export type ComplianceReport = z.infer<typeof ComplianceReport>;

/** What the task answers: the report and the artifact it is kept in. */
export const PolicyOutput = ComplianceReport.extend({ artifactId: z.string() });
export type PolicyOutput = z.infer<typeof PolicyOutput>;

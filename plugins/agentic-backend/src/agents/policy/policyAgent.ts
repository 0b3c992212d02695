import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { NotAllowedError } from '@backstage/errors';
import { PolicyInput, PolicyOutput } from './schema';
import { collectFiles } from './steps/collectFiles';
import { judgeFiles } from './steps/judgeFiles';
import { renderReport } from './steps/renderReport';

/** Judges what a workflow has made and writes the compliance report. A denied workflow fails its task, with the report kept. */
export const policyAgent = createAgent<PolicyInput, PolicyOutput>({
  id: 'policy',
  title: 'Policy',
  description:
    'Checks every file a workflow made by the rules of its format and writes the compliance report.',
  version: '1.0.0',
  input: PolicyInput,
  output: PolicyOutput,
  permissions: ['artifacts.write'],
  emits: ['policy.validated', 'policy.violated'],
  tools: [],
  artifacts: 'required',
  async execute({ workflow, task, artifacts, emit, log }) {
    const { serviceName } = workflow.intent;
    const subject = {
      workflow_id: workflow.workflowId,
      task_id: task.taskId,
      service_name: serviceName,
    };

    const files = await collectFiles(artifacts, task.taskId);
    const report = await judgeFiles(files);
    const { artifactId } = await artifacts.save({
      name: 'compliance-report',
      files: [
        {
          path: 'compliance-report.json',
          content: `${JSON.stringify(report, undefined, 2)}\n`,
        },
        {
          path: 'compliance-report.md',
          content: renderReport(serviceName, report),
        },
      ],
    });
    const { decision, violations } = report;
    log.info(
      `Judged ${files.length} files: ${report.files.passed} passed, ${report.files.failed} failed, ${report.files.needsReview} not looked at`,
    );
    if (decision === 'deny') {
      emit('policy.violated', {
        ...subject,
        violations: violations.map(({ severity, rule, file, message }) => ({
          severity,
          rule,
          message: `${file}: ${message}`,
        })),
      });
      throw new NotAllowedError(
        `${report.files.failed} of ${files.length} files of ${serviceName} broke a rule; see compliance-report.md, correct them and start again`,
      );
    }
    emit('policy.validated', {
      ...subject,
      decision,
      violations: violations.length,
    });
    return { ...report, artifactId };
  },
});

import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { Logs, ObservabilityInput, ObservabilityOutput } from './schema';
import { findDeployment } from './steps/findDeployment';
import { findErrorLines } from './steps/findErrorLines';
import { judgeHealth } from './steps/judgeHealth';
import { takeSamples } from './steps/takeSamples';

const LOG_LINES = 200;

/** Verifies that what was deployed answers, is ready and logs no errors. Fails with the evidence when it does not; a retry looks again. */
export const observabilityAgent = createAgent<
  ObservabilityInput,
  ObservabilityOutput
>({
  id: 'observability',
  title: 'Observability',
  description:
    'Probes the deployed service several times, reads its log and says whether it is healthy.',
  version: '1.0.0',
  input: ObservabilityInput,
  output: ObservabilityOutput,
  emits: [],
  tools: ['http.probe', 'process.logs'],
  secrets: ['*/local-postgres/{service}/**'],
  async execute(context) {
    const deploymentId = findDeployment(context.outputs);
    const samples = await takeSamples(deploymentId, context);
    const { lines } = Logs.parse(
      await context.tools.read('process.logs', {
        deploymentId,
        lines: LOG_LINES,
      }),
    );
    const verdict = judgeHealth(samples, findErrorLines(lines));
    if (verdict.status === 'unhealthy') {
      throw new ServiceUnavailableError(
        `${context.workflow.intent.serviceName} is not healthy: ${verdict.summary}`,
      );
    }
    context.log.info(verdict.summary);
    return verdict;
  },
  async monitor(context) {
    const deploymentId = findDeployment(context.outputs);
    const samples = await takeSamples(deploymentId, context);
    const { status, summary } = judgeHealth(samples, []);
    return { status, evidence: summary };
  },
});

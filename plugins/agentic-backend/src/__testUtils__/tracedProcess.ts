import { mockCredentials } from '@backstage/backend-test-utils';
import { NodeSDK } from '@opentelemetry/sdk-node';
import request from 'supertest';
import { startSamplePortal } from './startSamplePortal';

const ADA = mockCredentials.user.header('user:default/ada');
const BEN = mockCredentials.user.header('user:default/ben');

/**
 * A portal with the SDK of OpenTelemetry as its environment says, in which one workflow is asked for,
 * approved and carried out. Prints the id of the workflow. See `otlp.test.ts`.
 */
async function main(): Promise<void> {
  const { traceparent, description } = JSON.parse(process.argv[2]);
  const sdk = new NodeSDK();
  sdk.start();
  const portal = await startSamplePortal({});
  const created = await request(new URL(portal.url).origin)
    .post('/api/agentic/workflows')
    .set('authorization', ADA)
    .set('traceparent', traceparent)
    .send({
      template: 'sample',
      description,
      parameters: { serviceName: 'traced', environment: 'staging' },
    });
  const { workflowId } = created.body;
  await portal.reaches(workflowId, 'awaiting_approval', ADA);
  const { body } = await portal.call('get', '/approvals', { as: BEN });
  const [{ approvalId, scopeHash }] = body.items as {
    approvalId: string;
    scopeHash: string;
  }[];
  await portal.call('post', `/approvals/${approvalId}/decision`, {
    as: BEN,
    body: { decision: 'approve', scopeHash, reason: 'fine' },
  });
  await portal.reaches(workflowId, 'completed', ADA);
  // While the portal stands, so that its gauges are among what is sent.
  await new Promise(sent => setTimeout(sent, 1000));
  await portal.stop();
  await sdk.shutdown();
  process.stdout.write(`\nworkflow ${workflowId}\n`);
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(
      `${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(1);
  },
);

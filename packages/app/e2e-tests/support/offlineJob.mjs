// The main job over HTTP where no network but loopback exists. Run by
// offline.test.mjs in a network namespace of its own; prints what it saw as JSON.
import { execFileSync } from 'node:child_process';
import net from 'node:net';
import { PortalClient } from './PortalClient.mjs';
import { startPortal } from './startPortal.mjs';
import { waitUntil } from './waitUntil.mjs';

const RESTING = [
  'awaiting_approval',
  'completed',
  'failed',
  'cancelled',
  'rolled_back',
];

/** The error code of an attempt to reach an address that is not this machine. */
function reachOutside() {
  return new Promise(resolve => {
    const socket = net.connect({ host: '192.0.2.1', port: 443 });
    socket.setTimeout(3_000, () => socket.destroy(new Error('timeout')));
    socket.once('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', error => resolve(error.code ?? error.message));
  });
}

async function doMainJob(portal) {
  const ada = new PortalClient(portal.url, 'ada.reyes');
  const ben = new PortalClient(portal.url, 'ben.okafor');
  const { workflowId } = await ada.call('POST', '/agentic/workflows', {
    description:
      'Create a new microservice called user-service with REST API, PostgreSQL, and deploy to staging',
  });
  const look = () => ada.call('GET', `/agentic/workflows/${workflowId}`);
  const rest = (...phases) =>
    waitUntil(
      `the workflow is ${phases.join(' or ')}`,
      async () => {
        const workflow = await look();
        return phases.includes(workflow.phase) && workflow;
      },
      { timeout: 300_000 },
    );
  await rest(...RESTING);
  const { items } = await ben.call(
    'GET',
    `/agentic/approvals?status=open&workflowId=${workflowId}`,
  );
  for (const { approvalId, scopeHash } of items) {
    await ben.call('POST', `/agentic/approvals/${approvalId}/decision`, {
      decision: 'approve',
      reason: 'As planned.',
      scopeHash,
    });
  }
  const { phase, error, deployments } = await rest(...RESTING.slice(1));
  const url = deployments[0]?.url;
  const health = url && (await fetch(`${url}/health`)).status;
  return { phase, error, approvals: items.length, url, health };
}

execFileSync('ip', ['link', 'set', 'lo', 'up']);

const outside = await reachOutside();
const portal = await startPortal();
try {
  const job = await doMainJob(portal);
  process.stdout.write(`${JSON.stringify({ outside, ...job })}\n`);
} finally {
  await portal.remove();
}

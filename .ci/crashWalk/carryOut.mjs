import { setTimeout as sleep } from 'node:timers/promises';
import { PortalClient } from '../../packages/app/e2e-tests/support/PortalClient.mjs';

const SIGNERS = { strategic: 'chiara.rossi', final: 'ben.okafor' };
const ENDS = ['completed', 'failed', 'cancelled', 'rolled_back'];
const PATIENCE = 480_000;

/** What Ada asks for; the key makes it the same request when its answer was lost. */
export const requestOf = serviceName => ({
  description: `Create a new microservice called ${serviceName} with REST API, PostgreSQL, and deploy to staging`,
  idempotencyKey: `crash-walk-${serviceName}`,
});

async function sign(portal, approval) {
  const signed = approval.decisions.map(({ role }) => role);
  for (const role of approval.requiredRoles) {
    if (!signed.includes(role)) {
      const signer = new PortalClient(portal.url, SIGNERS[role]);
      const { status, body } = await signer.request(
        'POST',
        `/agentic/approvals/${approval.approvalId}/decision`,
        {
          decision: 'approve',
          role,
          reason: 'The dry run shows what we want.',
          scopeHash: approval.scopeHash,
        },
      );
      // 409: it was decided before the crash that swallowed the answer.
      if (status !== 200 && status !== 409) {
        throw new Error(`Signing answered ${status}: ${JSON.stringify(body)}`);
      }
    }
  }
}

async function carry(portal, serviceName) {
  const ada = new PortalClient(portal.url, 'ada.reyes');
  const { workflowId } = await ada.call(
    'POST',
    '/agentic/workflows',
    requestOf(serviceName),
  );
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const seen = await ada.call('GET', `/agentic/workflows/${workflowId}`);
    if (ENDS.includes(seen.phase)) {
      return seen;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${serviceName} is still ${seen.phase} after ${PATIENCE / 1000} s`,
      );
    }
    for (const approval of seen.approvals) {
      if (approval.status === 'open') {
        await sign(portal, approval);
      }
    }
    await sleep(150);
  }
}

/**
 * Asks for a service as Ada, signs what has to be signed as somebody else, and
 * answers the workflow at its end; `undefined` when the portal was killed
 * before. Asking again for the same service goes on with the same workflow.
 */
export async function carryOut(portal, serviceName, killed) {
  for (let broken = 0; ; broken += 1) {
    try {
      return await carry(portal, serviceName);
    } catch (error) {
      if (killed?.aborted) {
        return undefined;
      }
      // A busy machine drops a connection now and then; asking again for the same is safe.
      if (error.message !== 'fetch failed' || broken === 5) {
        throw error;
      }
      await sleep(500);
    }
  }
}

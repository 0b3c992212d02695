import http from 'node:http';
import { PortalClient } from '../../packages/app/e2e-tests/support/PortalClient.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { send } from './send.mjs';

const PEOPLE = {
  ada: 'ada.reyes',
  ben: 'ben.okafor',
  chiara: 'chiara.rossi',
  dmitri: 'dmitri.novak',
  elif: 'elif.demir',
  farah: 'farah.aziz',
};

async function tokenOf(url, person) {
  const { text } = await send(url, {
    path: '/api/auth/example-people/refresh',
    headers: { 'x-example-person': `user:default/${person}` },
  });
  return JSON.parse(text).backstageIdentity.token;
}

/** A server that nobody has a reason to call; it remembers who did. */
async function startCanary() {
  const calls = [];
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  server.on('connection', () => calls.push('a connection'));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/canary`,
    calls,
    stop: () => server.close(),
  };
}

/**
 * The portal as the attackers find it: workflows at the point where somebody has
 * to sign, of Ada in staging and of Elif in production, and one that was rejected.
 */
export async function setTheScene(portal, serviceToken) {
  const clients = Object.fromEntries(
    Object.entries(PEOPLE).map(([name, person]) => [
      name,
      new PortalClient(portal.url, person),
    ]),
  );
  const tokens = { service: serviceToken };
  for (const [name, person] of Object.entries(PEOPLE)) {
    tokens[name] = await tokenOf(portal.url, person);
  }

  // Put into addresses, which are in the log of every server: other tokens than those that are not.
  const elsewhere = {
    ada: await tokenOf(portal.url, PEOPLE.ada),
    ben: await tokenOf(portal.url, PEOPLE.ben),
  };

  const start = async (serviceName, environment, who = 'ada') =>
    (
      await clients[who].call('POST', '/agentic/workflows', {
        template: 'microservice-rest-api',
        parameters: { serviceName, environment, database: 'none' },
        ...(environment === 'production'
          ? { changeReason: 'The customers wait for it.' }
          : {}),
      })
    ).workflowId;
  const see = id => clients.elif.call('GET', `/agentic/workflows/${id}`);
  const openApproval = async id =>
    (await see(id)).approvals.find(({ status }) => status === 'open');
  const parked = id =>
    waitUntil(`${id} waits for a signature`, () => openApproval(id), {
      timeout: 120_000,
    });
  const decide = (who, approval, decision, role) =>
    clients[who].request(
      'POST',
      `/agentic/approvals/${approval.approvalId}/decision`,
      {
        decision,
        role,
        reason: 'We have seen it.',
        scopeHash: approval.scopeHash,
      },
    );

  const ids = {
    staging: await start('victim-staging', 'staging'),
    production: await start('victim-production', 'production', 'elif'),
    rejected: await start('victim-rejected', 'staging'),
  };
  const approvals = {
    staging: await parked(ids.staging),
    production: await parked(ids.production),
    rejected: await parked(ids.rejected),
  };
  await decide('ben', approvals.rejected, 'reject');
  await waitUntil(
    'the rejected workflow has ended',
    async () => (await see(ids.rejected)).phase === 'cancelled',
  );
  const artifacts = Object.fromEntries(
    await Promise.all(
      Object.entries(ids).map(async ([name, id]) => [
        name,
        (await see(id)).artifacts,
      ]),
    ),
  );
  return {
    url: portal.url,
    portal,
    clients,
    tokens,
    elsewhere,
    ids,
    approvals,
    artifacts,
    canary: await startCanary(),
    start,
    see,
    parked,
    decide,
  };
}

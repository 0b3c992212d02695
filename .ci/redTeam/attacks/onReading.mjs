import assert from 'node:assert/strict';

/** Looking at what may not be seen: production by a developer of another team, anything by a service without a grant. */
export function onReading({ ids, approvals, artifacts }) {
  const { production } = ids;
  const [file] = artifacts.production;
  const things = [
    `/workflows/${production}`,
    `/workflows/${production}/events`,
    `/workflows/${production}/record`,
    `/workflows/${production}/record/verification`,
    `/workflows/${production}/files/${file.artifactId}?path=README.md`,
    `/approvals/${approvals.production.approvalId}`,
    `/audit/chains/${production}`,
    `/audit/chains/${production}/verification`,
    `/audit/chains/${production}/entries/1`,
    '/audit/chains/system',
    '/audit/chains/system/verification',
    '/secrets',
    '/secrets/due',
    '/secrets/access',
  ];
  const lists = [
    '/workflows',
    '/workflows?environment=production',
    '/workflows?service=victim-production',
    '/approvals',
    `/approvals?workflowId=${production}`,
    '/deployments',
    '/audit',
    `/audit?chain=${production}`,
    '/audit/export',
  ];
  return [
    ...things.map(path => ({
      name: `${path.replaceAll(
        production,
        '{production}',
      )} by a developer of another team`,
      as: 'dmitri',
      path,
      refused: [403, 404],
    })),
    {
      name: 'the stream of a production workflow by a developer of another team',
      as: 'dmitri',
      path: `/workflows/${production}/events`,
      headers: { accept: 'text/event-stream' },
      refused: [403, 404],
    },
    ...lists.map(path => ({
      name: `the list ${path.replaceAll(
        production,
        '{production}',
      )} tells nothing of production`,
      as: 'dmitri',
      path,
      refused: [200, 400, 403, 404],
      also: ({ status, text }) => {
        const told = status === 200 && text.includes(production);
        assert.equal(told, false, text.slice(0, 600));
      },
    })),
    ...[...things, ...lists].map(path => ({
      name: `${path.replaceAll(
        production,
        '{production}',
      )} by a service without a grant`,
      as: 'service',
      path,
      refused: [400, 403, 404],
    })),
  ];
}

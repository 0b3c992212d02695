import { agentContext } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { observabilityAgent } from './observabilityAgent';
import type { Probe } from './schema';
import { SAMPLING } from './steps/takeSamples';

const HEALTHY: Probe = {
  healthy: true,
  ready: true,
  statusCode: 200,
  latencyMs: 3,
  evidence: '/health answered 200',
};

function contextWith(options: {
  probe?: () => Probe | Promise<Probe>;
  lines?: string[];
  deployed?: boolean;
  signal?: AbortSignal;
}) {
  const { probe = () => HEALTHY, lines = [], deployed = true } = options;
  return agentContext({
    input: { check: 'health' as const },
    outputs: deployed
      ? { t4: { agent: 'deployment', output: { deploymentId: 'd-1' } } }
      : {},
    tools: {
      'http.probe': async () => ({ ...(await probe()) }),
      'process.logs': () => ({ lines }),
    },
    signal: options.signal,
  });
}

function listen(handler: (path: string) => number): Promise<Server> {
  const server = createServer((request, response) => {
    response.writeHead(handler(request.url ?? '/')).end('{}');
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function probeServer(server: Server): Promise<Probe> {
  const { port } = server.address() as AddressInfo;
  const started = performance.now();
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  const latencyMs = performance.now() - started;
  const ready = await fetch(`http://127.0.0.1:${port}/ready`);
  return {
    healthy: health.ok,
    ready: ready.ok,
    statusCode: health.status,
    latencyMs,
    evidence: `/health answered ${health.status}, /ready ${ready.status}`,
  };
}

describe('observabilityAgent', () => {
  it('finds a service healthy that answers over HTTP, and measures it', async () => {
    const server = await listen(() => 200);
    try {
      const output = await observabilityAgent.execute(
        contextWith({ probe: () => probeServer(server) }),
      );
      expect(output).toMatchObject({
        status: 'healthy',
        samples: SAMPLING.count,
        errorLines: 0,
      });
      expect(output.p50Ms).toBeGreaterThan(0);
      expect(output.maxMs).toBeGreaterThanOrEqual(output.p50Ms!);
      expect(output.summary).toContain('Not measured');
    } finally {
      server.close();
    }
  });

  it('fails when the service stops being ready while it looks', async () => {
    let asked = 0;
    const server = await listen(path => {
      asked += path === '/ready' ? 1 : 0;
      return path === '/ready' && asked > 2 ? 503 : 200;
    });
    try {
      await expect(
        observabilityAgent.execute(
          contextWith({ probe: () => probeServer(server) }),
        ),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          /5 of 5 probes found it healthy and 2 ready.*\/ready 503/,
        ),
      });
    } finally {
      server.close();
    }
  });

  it.each<[string, Partial<Probe>, string[]]>([
    ['unhealthy', { healthy: false, evidence: 'no process' }, []],
    ['not ready', { ready: false, evidence: 'migrations are missing' }, []],
    ['logging errors', {}, ['{"level":"error","msg":"no connection"}']],
  ])(
    'fails with the evidence when the service is %s',
    async (_, probe, lines) => {
      await expect(
        observabilityAgent.execute(
          contextWith({ probe: () => ({ ...HEALTHY, ...probe }), lines }),
        ),
      ).rejects.toThrow(probe.evidence ?? 'no connection');
    },
  );

  it('refuses to look at nothing', async () => {
    await expect(
      observabilityAgent.execute(contextWith({ deployed: false })),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('stops at once when the task is aborted', async () => {
    const controller = new AbortController();
    let probes = 0;
    const run = observabilityAgent.execute(
      contextWith({
        signal: controller.signal,
        probe: () => {
          probes += 1;
          controller.abort();
          return HEALTHY;
        },
      }),
    );
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(probes).toBe(1);
  });
});

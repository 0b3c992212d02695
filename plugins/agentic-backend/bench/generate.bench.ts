import { checkFiles } from '@agentic-backstage/policy-packs';
import { renderService } from '@agentic-backstage/service-templates';
import { performance } from 'node:perf_hooks';
import { describeMachine, report } from './figures';

const ROUNDS = 40;

/** Renders and checks a whole service, with another name each time so that nothing is remembered. */
async function main(): Promise<void> {
  describeMachine();
  const samples: number[] = [];
  let files = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const name = `bench-${round}-service`;
    const begin = performance.now();
    const rendered = renderService(
      {
        name,
        description: `Service ${round}`,
        owner: 'group:default/team-payments',
        language: 'nodejs',
        pattern: 'rest-api',
        database: 'postgresql',
        environment: 'staging',
        port: 8080,
      },
      {
        parts: ['repository', 'infrastructure', 'pipeline'],
        provenance: {
          generator: 'bench',
          requestId: `bench-${round}`,
          requestedBy: 'user:default/bench',
          approvals: {},
          purpose: 'measuring',
          template: 'nodejs-rest-api',
          templateHash: 'bench',
        },
      },
    );
    const checks = await checkFiles(rendered);
    const failed = checks.filter(check => check.status === 'failed');
    if (failed.length > 0) {
      throw new Error(
        `${failed[0].path} failed its check; the figures would mean nothing`,
      );
    }
    files = rendered.length;
    const milliseconds = performance.now() - begin;
    if (round === 0) {
      process.stdout.write(
        `First generation in a process: ${milliseconds.toFixed(0)} ms\n`,
      );
    } else {
      samples.push(milliseconds);
    }
  }
  const holds = report(
    `Generating and checking a service of ${files} files`,
    samples,
    {
      p50: 1000,
    },
  );
  process.exitCode = holds ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});

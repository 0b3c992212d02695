import { toolContext } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createGitPublishTool } from '../../git/gitPublishTool';
import { LocalPostgres } from '../../localPostgres/LocalPostgres';
import {
  localProcessOptions,
  type LocalProcessOptions,
} from '../localProcessOptions';
import { LocalProcessTarget } from '../LocalProcessTarget';
import type { ProcessDeployParams } from '../processDeployParams';
import { createProcessDeployTool } from '../processDeployTool';
import { aService, type SampleServiceOptions } from './aService';

/** Processes whose environment names a data folder's deployments; the test's own look at the machine. */
export function livingProcesses(dataDir: string): number[] {
  const ids = existsSync(path.join(dataDir, 'deployments'))
    ? readdirSync(path.join(dataDir, 'deployments'))
    : [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return (
          !/\) Z /.test(stat) &&
          ids.some(id => environment.includes(`AGENTIC_DEPLOYMENT_ID=${id}`))
        );
      } catch {
        return false;
      }
    });
}

/** Throws when a process of a data folder's deployments lives. */
export function requireNothingLives(dataDir: string): void {
  const living = livingProcesses(dataDir);
  if (living.length > 0) {
    throw new Error(`Processes ${living.join(', ')} were left behind`);
  }
}

let nextPort = 22000;

/** A local target of its own in a temporary folder. */
export function aTarget(overrides: Partial<LocalProcessOptions> = {}) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-run-test-'));
  chmodSync(dataDir, 0o755);
  nextPort += 20;
  const options = localProcessOptions(
    { dataDir, allowProduction: false },
    {
      dependencyStore: path.join(dataDir, 'store'),
      portRange: { from: nextPort, to: nextPort + 19 },
      bubblewrap: undefined,
      startTimeoutMs: 20_000,
      stopTimeoutMs: 2_000,
      ...overrides,
    },
  );
  const postgres = new LocalPostgres({
    dataDir,
    allowProduction: false,
    portRange: { from: 24900, to: 24999 },
  });
  const target = new LocalProcessTarget(options, postgres);
  const tool = createProcessDeployTool(options, target);
  // Processes are found by their deployment on the whole machine, where other suites run as well.
  const context = toolContext({ workflowId: `wf-${randomUUID()}` });
  let published = 0;

  return {
    dataDir,
    options,
    postgres,
    target,
    tool,
    context,
    /** Publishes a version of the sample service and answers the parameters that deploy it. */
    async publish(
      service: SampleServiceOptions = {},
    ): Promise<ProcessDeployParams & { commit: string }> {
      published += 1;
      const serviceName = service.name ?? 'user-service';
      const artifact = await context.artifacts.save({
        name: 'service',
        files: aService(service),
      });
      const { commit } = await createGitPublishTool(options.git).execute(
        {
          serviceName,
          artifactIds: [artifact.artifactId],
          message: `feat: version ${published}`,
          branch: 'main',
        },
        { ...context, idempotencyKey: `wf-${published}.t1.publish` },
      );
      return {
        serviceName,
        environment: 'development',
        artifactIds: [artifact.artifactId],
        commit,
        port: 8080,
        database: false,
      };
    },
    /** What a stranger to the tool sees: living processes and the host's records. */
    async observe() {
      return {
        processes: livingProcesses(dataDir),
        deployments: await context.records.deployments.list(),
        releases: existsSync(path.join(dataDir, 'releases'))
          ? readdirSync(path.join(dataDir, 'releases'), { recursive: true })
          : [],
      };
    },
    async tearDown() {
      for (const state of await target.states.list()) {
        await target.stop(state);
      }
      requireNothingLives(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type DeploymentRecord,
  type EffectTool,
  type ToolContext,
  type ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { productionProblems } from '../disk/localTargetOptions';
import { oneAtATime } from '../disk/oneAtATime';
import { ServiceName } from '../disk/serviceName';
import type { LocalPostgres } from '../localPostgres/LocalPostgres';
import { checkOutRelease } from './checkOutRelease';
import { deploymentRecord } from './deploymentRecord';
import { deploymentIdOf, type DeploymentState } from './DeploymentStates';
import { readLaunchDescription } from './launchDescription';
import type { LocalProcessOptions } from './localProcessOptions';
import type { LocalProcessTarget } from './LocalProcessTarget';
import { nodeReport } from './nodeProbe';
import { provideDependencies } from './provideDependencies';

const Params = z
  .object({
    serviceName: ServiceName,
    environment: ServiceName,
    artifactIds: z.array(z.string().min(1).max(200)).max(20),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/, 'must be a full commit id of 40 hex digits'),
    /** Port of the service in a container; the local port is chosen and kept. */
    port: z.number().int().min(1).max(65535),
    database: z.boolean(),
  })
  .strict();
/** Parameters of `process.deploy`. */
export type ProcessDeployParams = z.infer<typeof Params>;

const Result = z.object({
  deploymentId: z.string(),
  url: z.string(),
  port: z.number().int(),
  pid: z.number().int(),
  version: z.string(),
  isolation: z.string(),
});
/** Result of `process.deploy`. */
export type ProcessDeployResult = z.infer<typeof Result>;

function seen(state: ReadBack['state'], evidence: string): ReadBack {
  return { state, evidence, observedAt: new Date().toISOString() };
}

function resultOf(state: DeploymentState): ProcessDeployResult {
  return {
    deploymentId: state.deploymentId,
    url: `http://127.0.0.1:${state.port}`,
    port: state.port,
    pid: state.pid ?? 0,
    version: state.version,
    isolation: state.isolation,
  };
}

/** Runs a published commit of a service as a process of this machine. */
export function createProcessDeployTool(
  options: LocalProcessOptions,
  target: LocalProcessTarget,
  postgres: LocalPostgres,
): EffectTool<ProcessDeployParams, ProcessDeployResult> {
  const running = async (
    { serviceName, environment }: ProcessDeployParams,
    context: ToolContext,
  ): Promise<DeploymentRecord[]> =>
    context.records.deployments.list({
      serviceName,
      environment,
      status: 'running',
    });

  async function prepare(
    params: ProcessDeployParams,
    context: ToolExecutionContext,
  ): Promise<{ state: DeploymentState; migrate?: readonly string[] }> {
    const { serviceName, environment, commit, database } = params;
    const { signal, log } = context;
    const deploymentId = deploymentIdOf(context.idempotencyKey);
    const known = await target.find(deploymentId);
    if (known) {
      // What an interrupted execution left, be it a service or its migrations.
      await target.stop(known);
    }
    const releaseDir = await checkOutRelease(options, {
      serviceName,
      commit,
      signal,
    });
    log.info(`Checked out ${commit.slice(0, 12)}`);
    await provideDependencies(options, releaseDir, signal);
    const launch = await readLaunchDescription(releaseDir);
    const others = (await running(params, context)).filter(
      record => record.deploymentId !== deploymentId,
    );
    return {
      migrate: database ? launch.migrate : undefined,
      state: {
        deploymentId,
        serviceName,
        environment,
        commit,
        version: `${launch.version}+${commit.slice(0, 12)}`,
        manifestVersion: launch.version,
        releaseDir,
        argv: launch.argv,
        healthPath: launch.healthPath,
        readinessPath: launch.readinessPath,
        database,
        port: await target.choosePort(serviceName, environment, known?.port),
        isolation: 'not started',
        startedAt: new Date().toISOString(),
        wanted: 'running',
        previous: known?.previous ?? others[0]?.deploymentId,
      },
    };
  }

  /** Stops the deployments whose place a new one has taken. */
  async function stopOthers(
    params: ProcessDeployParams,
    context: ToolExecutionContext,
    deploymentId: string,
  ): Promise<void> {
    for (const record of await running(params, context)) {
      const state = await target.states.get(record.deploymentId);
      if (record.deploymentId !== deploymentId && state) {
        await target.stop(state);
        await context.records.deployments.put({
          ...record,
          status: 'stopped',
          stoppedAt: new Date().toISOString(),
        });
        context.log.info(`Stopped version ${record.version} before it`);
      }
    }
  }

  async function restorePrevious(
    state: DeploymentState,
    context: ToolExecutionContext,
  ): Promise<string> {
    const record =
      state.previous && (await context.records.deployments.get(state.previous));
    const before = state.previous && (await target.states.get(state.previous));
    if (!record || !before || record.status === 'rolled_back') {
      return '';
    }
    if ((await target.look(before)).state === 'healthy') {
      return `; version ${before.version} is running`;
    }
    const restored = await target.start(
      {
        ...before,
        port: await target.choosePort(
          before.serviceName,
          before.environment,
          before.port,
        ),
      },
      context.signal,
    );
    await context.records.deployments.put(
      deploymentRecord(restored, { ...record, status: 'running' }),
    );
    return `; version ${restored.version}, which ran before, was started again`;
  }

  return createEffectTool<ProcessDeployParams, ProcessDeployResult>({
    id: 'process.deploy',
    title: 'Run as a local process',
    description:
      'Checks out a published commit, brings its database up to date and runs the service as a process of this machine that listens on the loopback interface only.',
    schema: Params,
    result: Result,

    blastRadius: ({ serviceName, environment }) => ({
      scope: 'service',
      destructive: false,
      description: `One process of ${serviceName} for ${environment} on the machine of the portal; a version that runs now is stopped once the new one answers`,
    }),

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'Process on the machine of the portal',
          monthly: 0,
          source: 'Uses the machine the portal runs on; nothing is rented',
        },
      ],
    }),

    rollbackStrategy: ({ serviceName }) =>
      `The process of ${serviceName} is ended with everything it started, and the version that ran before is started again; migrations of the database stay`,

    async validate(params) {
      const problems = productionProblems(options);
      const node = await nodeReport(options);
      if (!node.available) {
        problems.push({
          field: 'language',
          message: node.detail,
          remedy: 'Start the portal with Node.js 24 or later',
        });
      }
      if (process.platform === 'win32') {
        problems.push({
          field: 'environment',
          message: 'Services cannot be run as local processes on Windows yet',
          remedy: 'Run the portal on Linux or macOS, for example in WSL',
        });
      }
      if (
        params.database &&
        !(await postgres.secrets.get(params.serviceName))
      ) {
        problems.push({
          field: 'database',
          message: `There is no database of ${params.serviceName} on this machine`,
          remedy: 'Run postgres.provision in a task before this one',
        });
      }
      return problems;
    },

    async dryRun(params, context) {
      const { serviceName, environment, commit } = params;
      const others = await running(params, context);
      return {
        summary: `${serviceName} at ${commit.slice(
          0,
          12,
        )} is started as a process for ${environment}${
          others.length > 0 ? ` in place of version ${others[0].version}` : ''
        }`,
        changes: [
          {
            action: 'create' as const,
            resource: `process ${serviceName} (${environment})`,
            detail: `commit ${commit}, on a free port of 127.0.0.1 between ${options.portRange.from} and ${options.portRange.to}`,
          },
          ...(params.database
            ? [
                {
                  action: 'update' as const,
                  resource: `database of ${serviceName}`,
                  detail: "the migrations of the service's repository are run",
                },
              ]
            : []),
          ...others.map(record => ({
            action: 'delete' as const,
            resource: `process ${serviceName} (${environment}) version ${record.version}`,
            detail: 'stopped once the new one answers',
          })),
        ],
        warnings: [],
      };
    },

    async execute(params, context) {
      const { serviceName, environment } = params;
      const { workflowId, effectId, records, signal, log } = context;
      const about = { workflowId, effectId };
      const deploymentId = deploymentIdOf(context.idempotencyKey);
      return oneAtATime(`process ${serviceName} ${environment}`, async () => {
        const known = await target.find(deploymentId);
        if (known && (await target.look(known)).state === 'healthy') {
          await stopOthers(params, context, deploymentId);
          await records.deployments.put(
            deploymentRecord(known, { ...about, status: 'running' }),
          );
          return resultOf(known);
        }
        const { state, migrate } = await prepare(params, context);
        // On record before there is a process: what is found at the next start can then be explained.
        await records.deployments.put(
          deploymentRecord(state, { ...about, status: 'deploying' }),
        );
        try {
          if (migrate) {
            await target.migrate(state, migrate, signal);
            log.info('Brought the schema of the database up to date');
          }
          const started = await target.start(state, signal);
          await stopOthers(params, context, deploymentId);
          await records.deployments.put(
            deploymentRecord(started, { ...about, status: 'running' }),
          );
          log.info(
            `${serviceName} answers at http://127.0.0.1:${started.port} (${started.isolation})`,
          );
          return resultOf(started);
        } catch (error) {
          await records.deployments.put(
            deploymentRecord(state, {
              ...about,
              status: 'failed',
              reason: (error as Error).message,
            }),
          );
          throw error;
        }
      });
    },

    async readBack(_params, result, context) {
      const deploymentId = deploymentIdOf(context.idempotencyKey);
      const state = await target.find(deploymentId);
      if (!state) {
        return seen('absent', `Nothing was started as ${deploymentId}`);
      }
      const look = await target.look(state);
      if (look.state !== 'healthy') {
        return seen(
          look.state === 'gone' ? 'absent' : 'unknown',
          look.evidence,
        );
      }
      if (result && result.port !== state.port) {
        return seen(
          'unknown',
          `The effect answered port ${result.port}, the process has ${state.port}`,
        );
      }
      return { ...seen('confirmed', look.evidence), result: resultOf(state) };
    },

    async rollback(params, _result, context) {
      const { serviceName, environment } = params;
      const deploymentId = deploymentIdOf(context.idempotencyKey);
      return oneAtATime(`process ${serviceName} ${environment}`, async () => {
        const state = await target.find(deploymentId);
        if (!state) {
          return seen('absent', `Nothing was started as ${deploymentId}`);
        }
        await target.stop(state);
        const record = await context.records.deployments.get(deploymentId);
        if (record) {
          await context.records.deployments.put({
            ...record,
            status: 'rolled_back',
            stoppedAt: record.stoppedAt ?? new Date().toISOString(),
          });
        }
        let restored = '';
        try {
          restored = await restorePrevious(state, context);
        } catch (error) {
          restored = `; the version that ran before could not be started again: ${
            (error as Error).message
          }`;
        }
        const left = target.processes(state);
        return left.length > 0
          ? seen('unknown', `Processes ${left.join(', ')} still live`)
          : seen('absent', `No process of ${deploymentId} lives${restored}`);
      });
    },
  });
}

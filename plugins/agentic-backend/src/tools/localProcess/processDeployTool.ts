import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type EffectTool,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { productionProblems } from '../disk/localTargetOptions';
import { oneAtATime } from '../disk/oneAtATime';
import { OWN_DATABASE_SECRETS } from '../localPostgres/DatabaseSecrets';
import { deploymentRecord } from './deploymentRecord';
import { deploymentIdOf, type DeploymentState } from './DeploymentStates';
import { DeploymentSteps } from './DeploymentSteps';
import type { LocalProcessOptions } from './localProcessOptions';
import type { LocalProcessTarget } from './LocalProcessTarget';
import { ProcessDeployParams } from './processDeployParams';
import { toolchainOf } from './toolchains/createToolchains';

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
): EffectTool<ProcessDeployParams, ProcessDeployResult> {
  const steps = new DeploymentSteps(options, target);

  return createEffectTool<ProcessDeployParams, ProcessDeployResult>({
    id: 'process.deploy',
    title: 'Run as a local process',
    description:
      'Checks out a published commit, brings its database up to date and runs the service as a process of this machine that listens on the loopback interface only.',
    schema: ProcessDeployParams,
    result: Result,
    secrets: [OWN_DATABASE_SECRETS],
    localOnly: true,

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

    async validate({ language = 'nodejs' }) {
      const problems = productionProblems(options);
      const toolchain = toolchainOf(target.toolchains, language);
      const runtime = await toolchain.report();
      if (!runtime.available) {
        problems.push({
          field: 'language',
          message: runtime.detail,
          remedy: `Make ${toolchain.title} available to the portal and try again`,
        });
      }
      if (process.platform === 'win32') {
        problems.push({
          field: 'environment',
          message: 'Services cannot be run as local processes on Windows yet',
          remedy: 'Run the portal on Linux or macOS, for example in WSL',
        });
      }
      return problems;
    },

    async dryRun(params, context) {
      const { serviceName, environment, commit } = params;
      const what = commit
        ? `commit ${commit.slice(0, 12)}`
        : 'the commit that publishes these artifacts';
      const others = await steps.running(params, context);
      return {
        summary: `${serviceName} at ${what} is started as a process for ${environment}${
          others.length > 0 ? ` in place of version ${others[0].version}` : ''
        }`,
        changes: [
          {
            action: 'create' as const,
            resource: `process ${serviceName} (${environment})`,
            detail: `${what}, on a free port of 127.0.0.1 between ${options.portRange.from} and ${options.portRange.to}`,
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
      const { workflowId, effectId, records, log } = context;
      const about = { workflowId, effectId };
      const deploymentId = deploymentIdOf(context.idempotencyKey);
      return oneAtATime(`process ${serviceName} ${environment}`, async () => {
        const known = await target.find(deploymentId);
        if (known && (await target.look(known)).state === 'healthy') {
          await steps.stopOthers(params, context, deploymentId);
          await records.deployments.put(
            deploymentRecord(known, { ...about, status: 'running' }),
          );
          return resultOf(known);
        }
        const { state, migrate } = await steps.prepare(params, context);
        // On record before there is a process: what is found at the next start can then be explained.
        await records.deployments.put(
          deploymentRecord(state, { ...about, status: 'deploying' }),
        );
        try {
          if (migrate) {
            await target.migrate(state, migrate, context);
            log.info('Brought the schema of the database up to date');
          }
          const started = await target.start(state, context);
          await steps.stopOthers(params, context, deploymentId);
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
      const record = await context.records.deployments.get(deploymentId);
      if (record?.status === 'deploying') {
        // Interrupted after the start: the version before it may still run, and the record is not true yet.
        return seen(
          'unknown',
          `${look.evidence}; it has not taken the place of the version before it yet`,
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
          restored = await steps.restorePrevious(state, context);
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

import type {
  DeploymentRecord,
  ToolContext,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { findDatabase } from '../localPostgres/DatabaseSecrets';
import { checkOutRelease } from './checkOutRelease';
import { deploymentRecord } from './deploymentRecord';
import { deploymentIdOf, type DeploymentState } from './DeploymentStates';
import type { LocalProcessOptions } from './localProcessOptions';
import type { LocalProcessTarget } from './LocalProcessTarget';
import type { ProcessDeployParams } from './processDeployParams';
import { publishedCommit } from './publishedCommit';
import { toolchainFor } from './toolchains/createToolchains';

/** The steps that bring a published commit to the local target, and back. */
export class DeploymentSteps {
  readonly #options: LocalProcessOptions;
  readonly #target: LocalProcessTarget;

  constructor(options: LocalProcessOptions, target: LocalProcessTarget) {
    this.#options = options;
    this.#target = target;
  }

  /** Deployments of the service that run now. */
  async running(
    { serviceName, environment }: ProcessDeployParams,
    context: ToolContext,
  ): Promise<DeploymentRecord[]> {
    return context.records.deployments.list({
      serviceName,
      environment,
      status: 'running',
    });
  }

  /** Checks the commit out with its dependencies and says how it will run. Starts nothing. */
  async prepare(
    params: ProcessDeployParams,
    context: ToolExecutionContext,
  ): Promise<{ state: DeploymentState; migrate?: readonly string[] }> {
    const { serviceName, environment, artifactIds, database } = params;
    const { signal, log, artifacts } = context;
    if (database && !(await findDatabase(context.secrets, serviceName))) {
      throw new InputError(
        `There is no database of ${serviceName} on this machine; run postgres.provision before process.deploy`,
      );
    }
    const commit =
      params.commit ??
      (await publishedCommit(this.#options, {
        serviceName,
        artifactIds,
        artifacts,
        signal,
      }));
    const deploymentId = deploymentIdOf(context.idempotencyKey);
    const known = await this.#target.find(deploymentId);
    if (known) {
      // What an interrupted execution left, be it a service or its migrations.
      await this.#target.stop(known);
    }
    const releaseDir = await checkOutRelease(this.#options, {
      serviceName,
      commit,
      signal,
    });
    log.info(`Checked out ${commit.slice(0, 12)}`);
    const toolchain = await toolchainFor(this.#target.toolchains, releaseDir);
    const launch = await toolchain.readLaunch(releaseDir);
    await toolchain.provide(releaseDir, signal);
    const others = (await this.running(params, context)).filter(
      record => record.deploymentId !== deploymentId,
    );
    return {
      migrate: database ? launch.migrate : undefined,
      state: {
        deploymentId,
        serviceName,
        language: toolchain.language,
        environment,
        commit,
        version: `${launch.version}+${commit.slice(0, 12)}`,
        manifestVersion: launch.version,
        releaseDir,
        argv: launch.argv,
        healthPath: launch.healthPath,
        readinessPath: launch.readinessPath,
        database,
        port: await this.#target.choosePort(
          serviceName,
          environment,
          known?.port,
        ),
        isolation: 'not started',
        startedAt: new Date().toISOString(),
        wanted: 'running',
        previous: known?.previous ?? others[0]?.deploymentId,
      },
    };
  }

  /** Stops the deployments whose place a new one has taken. */
  async stopOthers(
    params: ProcessDeployParams,
    context: ToolExecutionContext,
    deploymentId: string,
  ): Promise<void> {
    for (const record of await this.running(params, context)) {
      const state = await this.#target.states.get(record.deploymentId);
      if (record.deploymentId !== deploymentId && state) {
        await this.#target.stop(state);
        await context.records.deployments.put({
          ...record,
          status: 'stopped',
          stoppedAt: new Date().toISOString(),
        });
        context.log.info(`Stopped version ${record.version} before it`);
      }
    }
  }

  /** Starts the version again whose place a deployment had taken. Answers what to add to the evidence. */
  async restorePrevious(
    state: DeploymentState,
    context: ToolExecutionContext,
  ): Promise<string> {
    const record =
      state.previous && (await context.records.deployments.get(state.previous));
    const before =
      state.previous && (await this.#target.states.get(state.previous));
    if (!record || !before || record.status === 'rolled_back') {
      return '';
    }
    if ((await this.#target.look(before)).state === 'healthy') {
      return `; version ${before.version} is running`;
    }
    const restored = await this.#target.start(
      {
        ...before,
        port: await this.#target.choosePort(
          before.serviceName,
          before.environment,
          before.port,
        ),
      },
      context,
    );
    await context.records.deployments.put(
      deploymentRecord(restored, { ...record, status: 'running' }),
    );
    return `; version ${restored.version}, which ran before, was started again`;
  }
}

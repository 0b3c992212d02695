import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { becomesFree, findFreePort } from '../exec/freePort';
import { processIdentity } from '../exec/processIdentity';
import { runProcess } from '../exec/runProcess';
import type {
  SecretAccess,
  SecretLook,
} from '@agentic-backstage/plugin-agentic-node';
import { concealDatabaseSecret } from '../localPostgres/DatabaseSecrets';
import type { LocalPostgres } from '../localPostgres/LocalPostgres';
import { confine, type ConfinedCommand } from './confinement';
import {
  DEPLOYMENT_VARIABLE,
  endProcesses,
  findStarted,
  processesOf,
  type StartedProcess,
} from './deploymentProcesses';
import { DeploymentStates, type DeploymentState } from './DeploymentStates';
import { httpLook } from './httpLook';
import type { LocalProcessOptions } from './localProcessOptions';
import { lookAtDeployment, type DeploymentLook } from './lookAtDeployment';
import { lastLines } from './serviceLog';
import { createToolchains, toolchainOf } from './toolchains/createToolchains';
import type { Toolchain } from './toolchains/Toolchain';

const OWN_PORT_PATIENCE_MS = 3_000;
const SERVICE_PATH = '/usr/local/bin:/usr/bin:/bin';

function startedOf(state: DeploymentState): StartedProcess | undefined {
  return state.pid !== undefined && state.identity !== undefined
    ? { pid: state.pid, identity: state.identity }
    : undefined;
}

/** Starts, looks at and stops services as processes of this machine. Knows nothing of workflows. */
export class LocalProcessTarget {
  readonly states: DeploymentStates;
  readonly toolchains: readonly Toolchain[];
  readonly #options: LocalProcessOptions;
  readonly #postgres: LocalPostgres;

  constructor(options: LocalProcessOptions, postgres: LocalPostgres) {
    this.#options = options;
    this.#postgres = postgres;
    this.states = new DeploymentStates(options.dataDir);
    this.toolchains = createToolchains(options);
  }

  /**
   * What is known of a deployment. A process whose start could not be recorded any more, because the
   * portal was killed that moment, is found and recorded now.
   */
  async find(deploymentId: string): Promise<DeploymentState | undefined> {
    const state = await this.states.get(deploymentId);
    if (!state || state.pid !== undefined || state.wanted !== 'running') {
      return state;
    }
    const found = { ...state, ...findStarted(deploymentId) };
    if (found.pid !== undefined) {
      await this.states.put(found);
    }
    return found;
  }

  /** A free port, rather one that this service had before. */
  async choosePort(
    serviceName: string,
    environment: string,
    own?: number,
  ): Promise<number> {
    if (own !== undefined && (await becomesFree(own, OWN_PORT_PATIENCE_MS))) {
      return own;
    }
    const states = await this.states.list();
    const mine = states
      .filter(
        state =>
          state.serviceName === serviceName &&
          state.environment === environment &&
          state.wanted === 'stopped',
      )
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    return findFreePort({
      ...this.#options.portRange,
      wanted: mine.map(state => state.port),
      // A port that any deployment remembers stays its own as long as there are others.
      taken: new Set(states.map(state => state.port)),
    });
  }

  /** Brings the schema of the service's database up to date. */
  async migrate(
    state: DeploymentState,
    argv: readonly string[],
    { secrets, signal }: { secrets: SecretAccess; signal: AbortSignal },
  ): Promise<void> {
    const command = await this.#confined(state, argv);
    const outcome = await runProcess({
      program: command.program,
      args: command.args,
      cwd: state.releaseDir,
      env: await this.#environment(state, command, secrets),
      timeoutMs: 120_000,
      signal,
      ...command.user,
    });
    if (outcome.exitCode !== 0) {
      const said = await this.#conceal(
        state,
        `${outcome.stdout}\n${outcome.stderr}`,
        secrets,
      );
      throw new Error(
        `The migrations of ${state.serviceName} failed with exit code ${
          outcome.exitCode
        }; nothing was started. They said: ${said.trim().slice(-800)}`,
      );
    }
  }

  /**
   * Starts the process of a deployment and waits until it answers. Answers the state with the process
   * in it; when the service does not come up, its processes are gone and the error tells its last words.
   */
  async start(
    state: DeploymentState,
    { secrets, signal }: { secrets: SecretAccess; signal?: AbortSignal },
  ): Promise<DeploymentState> {
    await this.stop(state);
    const command = await this.#confined(state, state.argv);
    const env = await this.#environment(state, command, secrets);
    const logFile = this.states.logFile(state.deploymentId);
    await mkdir(path.dirname(logFile), { recursive: true, mode: 0o700 });
    const output = await open(logFile, 'a', 0o600);
    let started: DeploymentState = {
      ...state,
      wanted: 'running',
      isolation: command.isolation,
      startedAt: new Date().toISOString(),
      pid: undefined,
      identity: undefined,
    };
    try {
      await this.states.put(started);
      const child = spawn(command.program, [...command.args], {
        cwd: state.releaseDir,
        env,
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
        shell: false,
        ...command.user,
      });
      child.on('error', () => undefined);
      child.unref();
      started = {
        ...started,
        pid: child.pid,
        identity:
          child.pid === undefined ? undefined : processIdentity(child.pid),
      };
      await this.states.put(started);
    } finally {
      await output.close();
    }
    try {
      await this.#awaitReady(started, secrets, signal);
      return started;
    } catch (error) {
      await this.stop(started);
      throw error;
    }
  }

  /** Ends every process of a deployment and remembers that it should not run. Throws when one would not go. */
  async stop(state: DeploymentState): Promise<void> {
    const left = await endProcesses(
      state.deploymentId,
      startedOf(state),
      this.#options.stopTimeoutMs,
    );
    await this.states.put({
      ...state,
      wanted: 'stopped',
      pid: undefined,
      identity: undefined,
    });
    if (left.length > 0) {
      throw new Error(
        `Processes ${left.join(', ')} of ${
          state.serviceName
        } could not be ended; end them by hand`,
      );
    }
  }

  /** The living processes of a deployment. */
  processes(state: DeploymentState): number[] {
    return processesOf(state.deploymentId, startedOf(state));
  }

  /** Looks at a deployment from outside. */
  async look(state: DeploymentState): Promise<DeploymentLook> {
    return lookAtDeployment(state, this.processes(state));
  }

  /** The last lines of what the service printed, with the secrets it was given taken out. */
  async log(
    state: DeploymentState,
    lines: number,
    secrets: SecretLook,
  ): Promise<string[]> {
    const found = await lastLines(
      this.states.logFile(state.deploymentId),
      lines,
    );
    return found.length === 0
      ? []
      : (await this.#conceal(state, found.join('\n'), secrets)).split('\n');
  }

  async #awaitReady(
    state: DeploymentState,
    secrets: SecretLook,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const deadline = Date.now() + this.#options.startTimeoutMs;
    for (let last = 'it was not asked yet'; ; await wait(100)) {
      signal?.throwIfAborted();
      const look = await this.look(state);
      if (look.state === 'healthy') {
        const ready = await httpLook(state.port, state.readinessPath).catch(
          () => undefined,
        );
        if (ready?.statusCode === 200) {
          return;
        }
        last = `${state.readinessPath} answered ${
          ready?.statusCode ?? 'nothing'
        }`;
      } else {
        last = look.evidence;
      }
      if (look.state === 'gone' || Date.now() > deadline) {
        const said = (await this.log(state, 20, secrets)).join('\n');
        throw new Error(
          `${state.serviceName} ${
            look.state === 'gone'
              ? 'ended while it was starting'
              : `was not ready within ${
                  this.#options.startTimeoutMs / 1000
                } s (${last})`
          }; its last words: ${said.slice(-1500) || 'none'}`,
        );
      }
    }
  }

  async #conceal(
    state: DeploymentState,
    text: string,
    secrets: SecretLook,
  ): Promise<string> {
    return state.database
      ? concealDatabaseSecret(secrets, state.serviceName, text)
      : text;
  }

  async #confined(
    { language, releaseDir: folder, port }: DeploymentState,
    argv: readonly string[],
  ): Promise<ConfinedCommand> {
    const toolchain = toolchainOf(this.toolchains, language);
    const { memoryMb } = this.#options.limits;
    return confine(this.#options, {
      folder,
      port,
      reserveMb: toolchain.reserveMb,
      runtime: await toolchain.command({ folder, argv, memoryMb }),
    });
  }

  /** Everything the service's process gets to see. */
  async #environment(
    state: DeploymentState,
    { environment }: ConfinedCommand,
    secrets: SecretAccess,
  ): Promise<Record<string, string>> {
    const database: Record<string, string> = state.database
      ? {
          DATABASE_URL: await this.#postgres.connectionString(
            state.serviceName,
            secrets,
          ),
        }
      : {};
    return {
      ...environment,
      PATH: SERVICE_PATH,
      LANG: 'C.UTF-8',
      HOST: '127.0.0.1',
      PORT: String(state.port),
      SERVICE_VERSION: state.version,
      [DEPLOYMENT_VARIABLE]: state.deploymentId,
      ...database,
    };
  }
}

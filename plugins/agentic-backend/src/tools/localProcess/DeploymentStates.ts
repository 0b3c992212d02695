import { mkdir, readdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere } from '../disk/readFileIfThere';
import { writeFileAtomically } from '../disk/writeFileAtomically';

const DeploymentState = z.object({
  deploymentId: z.string(),
  serviceName: z.string(),
  /** Whose toolchain runs it; what was started before there were several is Node.js. */
  language: z.string().default('nodejs'),
  environment: z.string(),
  commit: z.string(),
  version: z.string(),
  /** Version in the service's own manifest, which its health answer names. */
  manifestVersion: z.string(),
  releaseDir: z.string(),
  argv: z.array(z.string()),
  healthPath: z.string(),
  readinessPath: z.string(),
  database: z.boolean(),
  port: z.number().int(),
  isolation: z.string(),
  startedAt: z.string(),
  /** Absent while nothing was started yet. */
  pid: z.number().int().optional(),
  identity: z.string().optional(),
  /** Whether it should be running. */
  wanted: z.enum(['running', 'stopped']),
  /** The deployment this one took the place of. */
  previous: z.string().optional(),
});
/** What the local target knows about one deployment, kept in its folder. Holds no secret. */
export type DeploymentState = z.infer<typeof DeploymentState>;

/** The id of the deployment that an effect makes. */
export function deploymentIdOf(idempotencyKey: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex');
  return `local-${digest.slice(0, 16)}`;
}

/** The folders of deployments, each with its state and its log. */
export class DeploymentStates {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, 'deployments');
  }

  logFile(deploymentId: string): string {
    return path.join(this.#folder, deploymentId, 'output.log');
  }

  async get(deploymentId: string): Promise<DeploymentState | undefined> {
    const text = await readFileIfThere(this.#file(deploymentId));
    return text === undefined
      ? undefined
      : DeploymentState.parse(JSON.parse(text));
  }

  async put(state: DeploymentState): Promise<void> {
    await mkdir(path.dirname(this.#file(state.deploymentId)), {
      recursive: true,
      mode: 0o700,
    });
    await writeFileAtomically(
      this.#file(state.deploymentId),
      JSON.stringify(state, undefined, 2),
    );
  }

  async list(): Promise<DeploymentState[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const states = await Promise.all(names.map(name => this.get(name)));
    return states.filter(state => state !== undefined);
  }

  #file(deploymentId: string): string {
    return path.join(this.#folder, deploymentId, 'state.json');
  }
}

import type { Artifact } from '@agentic-backstage/plugin-agentic-common';
import { NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import type { ArtifactFileInput, ArtifactStore } from '../artifacts';
import type { Declarations } from './Declarations';

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Whose artifacts a `MemoryArtifactStore` keeps. */
export interface MemoryArtifactStoreOptions {
  readonly workflowId?: string;
  readonly taskId?: string;
  readonly planHash?: string;
  readonly agent?: string;
  readonly requestedBy?: string;
}

/** An artifact store in memory. Like the host's, it answers the same id for the same files. */
export class MemoryArtifactStore implements ArtifactStore {
  readonly #options: MemoryArtifactStoreOptions;
  readonly #kept = new Map<
    string,
    { artifact: Artifact; files: ArtifactFileInput[] }
  >();

  constructor(options: MemoryArtifactStoreOptions = {}) {
    this.#options = options;
  }

  /** Keeps files as made by the task the store was made for, or by another one. */
  async save(
    options: Parameters<ArtifactStore['save']>[0],
    madeBy: MemoryArtifactStoreOptions = {},
  ): Promise<Artifact> {
    const by = { ...this.#options, ...madeBy };
    const files = [...options.files]
      .map(file => ({ ...file }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    const described = files.map(file => ({
      path: file.path,
      size: Buffer.byteLength(file.content, 'utf8'),
      digest: sha256(file.content),
      executable: file.executable ?? false,
    }));
    const artifactId = sha256(
      described
        .map(file => `${file.path}\0${file.executable}\0${file.digest}\n`)
        .join(''),
    );
    const existing = this.#kept.get(artifactId);
    if (existing) {
      return existing.artifact;
    }
    const artifact: Artifact = {
      artifactId,
      workflowId: by.workflowId ?? 'wf-1',
      taskId: by.taskId ?? 't1',
      name: options.name,
      createdAt: new Date().toISOString(),
      provenance: {
        requestId: by.workflowId ?? 'wf-1',
        planHash: by.planHash ?? '0'.repeat(64),
        agent: by.agent ?? 'codegen',
        agentVersion: '1.0.0',
        requestedBy: by.requestedBy ?? 'user:default/sam',
        template: options.template,
        templateHash: options.templateHash,
      },
      files: described,
    };
    this.#kept.set(artifactId, { artifact, files });
    return artifact;
  }

  async list(): Promise<Artifact[]> {
    return [...this.#kept.values()].map(kept => kept.artifact);
  }

  async files(artifactId: string): Promise<ArtifactFileInput[]> {
    const kept = this.#kept.get(artifactId);
    if (!kept) {
      throw new NotFoundError(
        `There is no artifact '${artifactId}' in this workflow; list the artifacts to see what there is`,
      );
    }
    return kept.files.map(file => ({ ...file }));
  }
}

/** The store as an agent has it: it saves in the name of its task, and only when the agent has declared that it does. */
export class DeclaredArtifactStore extends MemoryArtifactStore {
  readonly #kept: MemoryArtifactStore;
  readonly #declarations: Declarations;
  readonly #madeBy: MemoryArtifactStoreOptions;

  constructor(
    kept: MemoryArtifactStore,
    declarations: Declarations,
    madeBy: MemoryArtifactStoreOptions,
  ) {
    super();
    this.#kept = kept;
    this.#declarations = declarations;
    this.#madeBy = madeBy;
  }

  async save(options: Parameters<ArtifactStore['save']>[0]): Promise<Artifact> {
    this.#declarations.checkSave();
    return this.#kept.save(options, this.#madeBy);
  }

  async list(): Promise<Artifact[]> {
    return this.#kept.list();
  }

  async files(artifactId: string): Promise<ArtifactFileInput[]> {
    return this.#kept.files(artifactId);
  }
}

import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import type {
  SecretContent,
  SecretStore,
} from '@agentic-backstage/plugin-agentic-node';

const FOLDER = 'standby';
const VERSION = 'copy_of_version';

/** Whether a path is that of a copy, which is no secret of its own. */
export function isStandbyCopy(path: string): boolean {
  return path.startsWith(`${FOLDER}/`);
}

/** The copies of one store's secrets in another, in a folder of their own so that they meet nothing else there. */
export class StandbyCopies {
  constructor(private readonly of: string) {}

  /** The copy in the terms of the store it is of; `undefined` when there is none. */
  async describe(
    standby: SecretStore,
    path: string,
  ): Promise<SecretMetadata | undefined> {
    const copy = await standby.describe(this.#pathOf(path));
    if (!copy) {
      return undefined;
    }
    const { [VERSION]: version, ...labels } = copy.labels;
    return {
      ...copy,
      store: this.of,
      path,
      labels,
      version: Number(version),
    };
  }

  /** The values as they were when they were copied; `undefined` when that version was not. */
  async get(
    standby: SecretStore,
    path: string,
    version?: number,
  ): Promise<SecretContent | undefined> {
    const copy = await this.describe(standby, path);
    if (!copy || (version !== undefined && version !== copy.version)) {
      return undefined;
    }
    const { values } = await standby.get(this.#pathOf(path));
    return { values, version: copy.version, answeredBy: standby.id };
  }

  /** Brings the copy up to date. One that is newer stays: another replica was faster. */
  async keep(
    standby: SecretStore,
    original: SecretMetadata,
    values: SecretContent['values'],
  ): Promise<void> {
    const path = this.#pathOf(original.path);
    const before = await standby.describe(path);
    if (Number(before?.labels[VERSION] ?? 0) >= original.version) {
      return;
    }
    await standby.put(path, {
      values,
      labels: { ...original.labels, [VERSION]: String(original.version) },
      rotateAfterDays: original.rotateAfterDays,
      expectedVersion: before?.version ?? 0,
    });
  }

  async destroy(standby: SecretStore, path: string): Promise<void> {
    await standby.destroy(this.#pathOf(path));
  }

  #pathOf(path: string): string {
    return `${FOLDER}/${this.of}/${path}`;
  }
}

import type {
  SecretAccessAction,
  SecretMetadata,
} from '@agentic-backstage/plugin-agentic-common';
import {
  coversSecret,
  parseSecretReference,
  SecretPath,
  type DynamicSecretStore,
  type SecretAccess,
  type SecretWrite,
} from '@agentic-backstage/plugin-agentic-node';
import { InputError, NotAllowedError } from '@backstage/errors';
import { MIN_SECRET_LENGTH, type SecretMasks } from '../runtime/redactValues';
import type { BorrowedSecrets } from './leases/BorrowedSecrets';
import type { LeaseBook } from './leases/LeaseBook';
import type { SecretAccessRecords } from './SecretAccessRecords';
import type { SecretStores } from './SecretStores';
import { tooShort, valueOf } from './secretValue';

/** Who uses secrets in a call, and what was declared. */
export interface SecretUse {
  /** `agent:<id>` or `system`. */
  readonly actor: string;
  readonly tool?: string;
  readonly workflowId?: string;
  readonly taskId?: string;
  readonly requestedBy?: string;
  /** What stands for `{service}` and `{environment}` in patterns. */
  readonly names: Readonly<Record<string, string>>;
  /** Everybody whose declaration has to cover a secret, with the patterns. */
  readonly declared: ReadonlyArray<{
    readonly who: string;
    readonly patterns: readonly string[];
  }>;
}

interface Place {
  readonly store: string;
  readonly path: string;
}

/** The access of one call. Ends with it. */
export class LentSecrets implements SecretAccess {
  readonly #stores: SecretStores;
  readonly #records: SecretAccessRecords;
  readonly #masks: SecretMasks;
  readonly #use: SecretUse;
  readonly #leases: LeaseBook;
  readonly #borrowed: BorrowedSecrets;
  readonly #releases: Array<() => void> = [];
  #over = false;

  constructor(options: {
    stores: SecretStores;
    records: SecretAccessRecords;
    masks: SecretMasks;
    use: SecretUse;
    leases: LeaseBook;
    /** What this call has of credentials that are made for it. */
    borrowed: BorrowedSecrets;
  }) {
    this.#stores = options.stores;
    this.#records = options.records;
    this.#masks = options.masks;
    this.#use = options.use;
    this.#leases = options.leases;
    this.#borrowed = options.borrowed;
  }

  /** Nothing is handed out after this, and what was made for the call is taken back; values stay masked for a while. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#borrowed.end();
    this.#releases.forEach(release => release());
  }

  async describe(path: string): Promise<SecretMetadata | undefined> {
    const place = await this.#place(path);
    await this.#demand('read', place, 'to look whether it is there');
    return place.metadata;
  }

  async conceal(path: string, text: string): Promise<string> {
    const purpose = 'to take it out of a text';
    const place = await this.#place(path);
    await this.#demand('conceal', place, purpose);
    if (!place.metadata) {
      return this.#masks.mask(text);
    }
    const { values, version, answeredBy } = await this.#tried(
      'conceal',
      place,
      () => this.#stores.byId(place.store).get(path),
    );
    await this.#log('conceal', place, {
      purpose: withAnswer(purpose, answeredBy),
      version,
      outcome: 'granted',
    });
    Object.values(values)
      .filter(value => value.length >= MIN_SECRET_LENGTH)
      .forEach(value => this.#hold(value));
    return this.#masks.mask(text);
  }

  async resolve(reference: string, purpose: string): Promise<string> {
    const place = parseSecretReference(reference);
    const dynamic = this.#leases.store(place.store);
    if (dynamic) {
      return this.#borrow(dynamic, place, purpose);
    }
    await this.#demand('read', place, purpose);
    const { value, version, answeredBy } = await this.#tried(
      'read',
      place,
      async () => {
        const content = await this.#stores
          .byId(place.store)
          .get(place.path, place.version);
        return { value: valueOf(content.values, place), ...content };
      },
    );
    // Masked before anybody has it, and on record before it is given.
    this.#hold(value);
    await this.#log('read', place, {
      purpose: withAnswer(purpose, answeredBy),
      version,
      outcome: 'granted',
    });
    return value;
  }

  /** Credentials that are made for this call. */
  async #borrow(
    store: DynamicSecretStore,
    place: Place & { key: string },
    purpose: string,
  ): Promise<string> {
    await this.#demand('issue', place, purpose);
    const values = await this.#tried('issue', place, () =>
      this.#borrowed.values(store, place.path),
    );
    // All of them: whoever has the password can find out the name.
    Object.values(values)
      .filter(value => value.length >= MIN_SECRET_LENGTH)
      .forEach(value => this.#hold(value));
    const value = valueOf(values, place);
    await this.#log('issue', place, { purpose, outcome: 'granted' });
    return value;
  }

  async put(
    path: string,
    write: SecretWrite,
    purpose: string,
  ): Promise<SecretMetadata> {
    Object.values(write.values).forEach(value => {
      if (value.length >= MIN_SECRET_LENGTH) this.#hold(value);
    });
    const place = await this.#place(path);
    await this.#demand('put', place, purpose);
    for (const [key, value] of Object.entries(write.values)) {
      if (value.length < MIN_SECRET_LENGTH) {
        throw tooShort(`${path}#${key}`);
      }
    }
    const written = await this.#tried('put', place, () =>
      this.#stores.byId(place.store).put(path, write),
    );
    const { version } = written;
    await this.#log('put', place, { purpose, version, outcome: 'granted' });
    return written;
  }

  async destroy(path: string, purpose: string): Promise<void> {
    const place = await this.#place(path);
    await this.#demand('destroy', place, purpose);
    await this.#log('destroy', place, {
      purpose,
      version: place.metadata?.version,
      outcome: 'granted',
    });
    await this.#stores.byId(place.store).destroy(path);
  }

  async #place(path: string): Promise<Place & { metadata?: SecretMetadata }> {
    if (!SecretPath.safeParse(path).success) {
      throw new InputError(
        'This is no path of a secret; use segments of letters, digits, dots, hyphens and underscores',
      );
    }
    const found = await this.#stores.find(path);
    return {
      store: (found?.store ?? this.#stores.default).id,
      path,
      metadata: found?.metadata,
    };
  }

  async #demand(
    action: SecretAccessAction,
    place: Place,
    purpose: string,
  ): Promise<void> {
    const { names, declared } = this.#use;
    const missing = declared.find(
      ({ patterns }) =>
        !patterns.some(pattern => coversSecret(pattern, place, names)),
    );
    let reason: string | undefined;
    if (this.#over) {
      reason = 'the call it was lent for is over';
    } else if (missing || declared.length === 0) {
      const who = missing?.who ?? 'Nobody';
      reason = `${who} has not declared it; add a pattern that covers it to 'secrets', for example '${place.store}/${place.path}'`;
    }
    if (reason !== undefined) {
      await this.#log(action, place, { purpose, outcome: 'refused', reason });
      throw new NotAllowedError(
        `The secret ${place.store}/${place.path} was not given: ${reason}`,
      );
    }
  }

  async #tried<T>(
    action: SecretAccessAction,
    place: Place,
    attempt: () => Promise<T>,
  ): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      this.#masks.maskError(error);
      await this.#log(action, place, {
        purpose: 'it did not come to that',
        outcome: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }

  async #log(
    action: SecretAccessAction,
    place: Place & { key?: string },
    entry: {
      purpose: string;
      outcome: 'granted' | 'refused' | 'failed';
      reason?: string;
      version?: number;
    },
  ): Promise<void> {
    const { actor, tool, workflowId, taskId, requestedBy } = this.#use;
    await this.#records.add({
      ...entry,
      action,
      secret: `secret:${place.store}/${place.path}#${place.key ?? '*'}`,
      actor,
      tool,
      workflowId,
      taskId,
      requestedBy,
    });
  }

  #hold(value: string): void {
    this.#releases.push(this.#masks.hold(value));
    if (this.#over) {
      this.#releases.pop()?.();
    }
  }
}

/** A standby may hold an older value, so the log says when one answered. */
function withAnswer(purpose: string, answeredBy: string | undefined): string {
  return answeredBy === undefined
    ? purpose
    : `${purpose} (answered by the standby '${answeredBy}')`;
}

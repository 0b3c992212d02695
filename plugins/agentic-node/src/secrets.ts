import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import type { SecretReference } from './secretReferences';

/** The values of a secret by their keys. */
export type SecretValues = Readonly<Record<string, string>>;

/** What is written to a store. */
export interface SecretWrite {
  readonly values: SecretValues;
  /** Facts that are no secrets. Those given replace the ones before; left out, they stay. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Days after which a new value is due. Left out, it stays; at first it is 90. */
  readonly rotateAfterDays?: number;
  /**
   * The version that has to be the present one, 0 for none. When another writer was faster, the
   * write fails with a `ConflictError` and changes nothing.
   */
  readonly expectedVersion?: number;
}

/** One version of a secret with its values. */
export interface SecretContent {
  readonly values: SecretValues;
  readonly version: number;
  /** The id of the store that answered, when it stood in for the one that was asked. */
  readonly answeredBy?: string;
}

/**
 * Keeps secrets. Called by the host only, which checks who may and writes the access log; agents and
 * tools have {@link SecretAccess}. Every store keeps `secretStoreContract` of `./testUtils`.
 */
export interface SecretStore {
  /** Short lower-case word, the first part of references. */
  readonly id: string;
  readonly title: string;
  /** Why the store cannot be used at the moment, if so. */
  problem?(): Promise<string | undefined>;
  /** Writes a new version and answers what may be said of it. */
  put(path: string, write: SecretWrite): Promise<SecretMetadata>;
  /** Reads a version, by default the present one. Throws `NotFoundError`. */
  get(path: string, version?: number): Promise<SecretContent>;
  /** `undefined` when there is none, or it was destroyed. */
  describe(path: string): Promise<SecretMetadata | undefined>;
  /** What may be said of every secret, sorted by path. */
  list(): Promise<SecretMetadata[]>;
  /** Gives a secret that is there another value. Throws `NotFoundError`, and `ConflictError` as `put` does. */
  rotate(
    path: string,
    write: { values: SecretValues; expectedVersion: number },
  ): Promise<SecretMetadata>;
  /** Makes every version unreadable for good. No error when there is none. Version numbers go on counting. */
  destroy(path: string): Promise<void>;
}

/** What a tool may know of secrets while it only looks. */
export interface SecretLook {
  /** What may be said of the secret at a path, in whichever store it is; `undefined` when there is none. */
  describe(path: string): Promise<SecretMetadata | undefined>;
  /** The text with every value of the secret at that path masked, without giving the values away. */
  conceal(path: string, text: string): Promise<string>;
}

/**
 * What a tool may do with secrets while it executes, reads back or undoes, and what a launch task
 * may. Only paths that the tool and the agent have declared; every call is put into the access log
 * before anything is handed out; values that were handed out are masked in whatever the tool says.
 */
export interface SecretAccess extends SecretLook {
  /** The value behind a reference. `purpose` is written into the access log. */
  resolve(
    reference: SecretReference | string,
    purpose: string,
  ): Promise<string>;
  /** Writes a secret where it is, or into the default store when it is new. */
  put(
    path: string,
    write: SecretWrite,
    purpose: string,
  ): Promise<SecretMetadata>;
  destroy(path: string, purpose: string): Promise<void>;
}

/** Who asks: a person as the identity service knows them, or a machine as `service:<subject>`. */
export interface Requester {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
  /** The machine that asks, in its own name or for the user above; it works with these environments only. */
  readonly machine?: {
    readonly subject: string;
    readonly environments: readonly string[];
  };
}

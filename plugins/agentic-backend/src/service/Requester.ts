/** Who asks, as the identity service knows them. */
export interface Requester {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

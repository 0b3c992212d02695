import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { useLoaded } from './useLoaded';

/** Who is signed in, and the refs whose things are theirs: their own and those of their groups. */
export interface Identity {
  readonly me: string;
  readonly groups: readonly string[];
}

/** The signed-in person; undefined while they are looked up. */
export function useIdentity(): Identity | undefined {
  const identityApi = useApi(identityApiRef);
  const load = useCallback(async () => {
    const { userEntityRef, ownershipEntityRefs } =
      await identityApi.getBackstageIdentity();
    return {
      me: userEntityRef,
      groups: ownershipEntityRefs.filter(ref => ref !== userEntityRef),
    };
  }, [identityApi]);
  return useLoaded(load).value;
}

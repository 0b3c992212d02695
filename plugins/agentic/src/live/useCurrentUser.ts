import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { useLoaded } from './useLoaded';

/** The entity reference of the signed-in person; undefined while it is looked up. */
export function useCurrentUser(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const load = useCallback(
    async () => (await identityApi.getBackstageIdentity()).userEntityRef,
    [identityApi],
  );
  return useLoaded(load).value;
}

import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Knows in which groups a person is now. */
export interface Memberships {
  /** The person and their groups as entity refs, or `undefined` when nobody knows the person. */
  of(userEntityRef: string): Promise<readonly string[] | undefined>;
}

/** Asks the catalog, with the plugin's own credentials, the way Backstage does at sign-in. */
export class CatalogMemberships implements Memberships {
  constructor(
    private readonly options: { auth: AuthService; catalog: CatalogService },
  ) {}

  async of(userEntityRef: string): Promise<readonly string[] | undefined> {
    const ref = asUserRef(userEntityRef);
    if (!ref) {
      return undefined;
    }
    const { auth, catalog } = this.options;
    const entity = await catalog.getEntityByRef(ref, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      return undefined;
    }
    const groups = (entity.relations ?? [])
      .filter(({ type }) => type === 'memberOf')
      .map(({ targetRef }) => targetRef);
    return [ref, ...groups];
  }
}

function asUserRef(text: string): string | undefined {
  try {
    const ref = parseEntityRef(text);
    return ref.kind.toLocaleLowerCase('en-US') === 'user'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

import { parseEntityRef } from '@backstage/catalog-model';

/** The name in an entity reference such as `user:default/ada.reyes`; text that is no reference is answered as it is. */
export function nameInRef(ref: string): string {
  try {
    return parseEntityRef(ref, { defaultKind: 'user' }).name;
  } catch {
    return ref;
  }
}

/** A person or group by name, with the full reference in the tooltip. */
export function PersonName(props: { entityRef: string }) {
  return <span title={props.entityRef}>{nameInRef(props.entityRef)}</span>;
}

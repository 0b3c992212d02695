import { WORKFLOW_ID_ANNOTATION } from '@agentic-backstage/plugin-agentic-common';
import type { Entity } from '@backstage/catalog-model';

/** Says whether a component was made by a workflow. */
export function isMadeByWorkflow(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    Boolean(entity.metadata.annotations?.[WORKFLOW_ID_ANNOTATION])
  );
}

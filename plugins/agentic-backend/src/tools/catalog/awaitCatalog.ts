import { WORKFLOW_ID_ANNOTATION } from '@agentic-backstage/plugin-agentic-common';
import type { Entity } from '@backstage/catalog-model';
import { setTimeout as wait } from 'node:timers/promises';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Looks at the catalog again and again until it shows each of the entities as wanted, by the workflow
 * that it names; `undefined` is an entity that is not there. Answers how long that took (ms) and, when
 * the time was not enough, the first entity that was not as wanted. Throws when the signal aborts.
 */
export async function awaitCatalog(
  look: () => Promise<ReadonlyArray<Entity | undefined>>,
  options: {
    /** The entities, in the order of what `look` answers. */
    refs: readonly string[];
    wanted: (workflowId: string | undefined) => boolean;
    timeoutMs: number;
    signal: AbortSignal;
  },
): Promise<{ ms: number; other?: { ref: string; shown: boolean } }> {
  const { refs, wanted, timeoutMs, signal } = options;
  const started = Date.now();
  for (
    let pause = FIRST_PAUSE_MS;
    ;
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)
  ) {
    const items = await look();
    const other = refs.findIndex(
      (_ref, index) => !wanted(workflowOf(items[index])),
    );
    const ms = Date.now() - started;
    if (other < 0) {
      return { ms };
    }
    if (ms + pause > timeoutMs) {
      return { ms, other: { ref: refs[other], shown: !!items[other] } };
    }
    await wait(pause, undefined, { signal });
  }
}

/** The workflow an entity names; empty where it names none. */
function workflowOf(entity: Entity | undefined): string | undefined {
  return (
    entity && (entity.metadata.annotations?.[WORKFLOW_ID_ANNOTATION] ?? '')
  );
}

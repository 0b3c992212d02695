import type { Knex } from 'knex';
import type { WorkflowRow } from '../database/tables';
import { traceparentOfId } from './traceparent';

const KEPT = 5000;

/** Knows the trace of each workflow. It is written down once, so every process tells the same one. */
export class WorkflowTraces {
  readonly #knex: Knex;
  readonly #known = new Map<string, string>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The `traceparent` under which everything that is done for the workflow stands. */
  async of(workflowId: string): Promise<string> {
    const known = this.#known.get(workflowId);
    if (known) return known;
    const row = await this.#knex<WorkflowRow>('workflows')
      .where('id', workflowId)
      .first('traceparent');
    const found = traceparentOf(workflowId, row?.traceparent);
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(workflowId, found);
    return found;
  }
}

/** The trace of a workflow that has been read; those from before there were traces get one by their id. */
export function traceparentOf(
  workflowId: string,
  stored: string | null | undefined,
): string {
  return stored ?? traceparentOfId(workflowId);
}

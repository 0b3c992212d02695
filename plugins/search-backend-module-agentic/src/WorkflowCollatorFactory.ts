import { workflowReadPermission } from '@agentic-backstage/plugin-agentic-common';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { Readable } from 'node:stream';
import { toDocument, type WorkflowDocument } from './toDocument';
import type { WorkflowDocumentsClient } from './WorkflowDocumentsClient';

/**
 * Feeds all workflows into the search index, page by page. Only people who may read a workflow find
 * it. When a page cannot be read the indexing fails as a whole, and what was indexed before stays.
 */
export class WorkflowCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'agentic-workflow';
  readonly visibilityPermission = workflowReadPermission;

  constructor(private readonly client: Pick<WorkflowDocumentsClient, 'page'>) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<WorkflowDocument> {
    let cursor: string | undefined;
    do {
      const page = await this.client.page(cursor);
      yield* page.items.map(toDocument);
      cursor = page.nextCursor;
    } while (cursor);
  }
}

import {
  approvalReadPermission,
  artifactReadPermission,
  deploymentReadPermission,
  workflowReadPermission,
  type Approval,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticRecords,
  DeploymentRecord,
} from '@agentic-backstage/plugin-agentic-node';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { WorkflowRow } from '../database/tables';
import type { StoredWorkflow, WorkflowStore } from '../database/WorkflowStore';
import type { ApprovalService } from '../service/ApprovalService';
import { notFound } from '../service/notFound';
import { ServiceNameTaken } from '../service/ServiceNameTaken';
import type { Access } from './access';

/** Finds things for a reader. What they may not read is answered exactly like what is not there. */
export class Readable {
  readonly #access: Access;
  readonly #store: WorkflowStore;
  readonly #approvals: ApprovalService;
  readonly #records: AgenticRecords;

  constructor(options: {
    access: Access;
    store: WorkflowStore;
    approvals: ApprovalService;
    records: AgenticRecords;
  }) {
    this.#access = options.access;
    this.#store = options.store;
    this.#approvals = options.approvals;
    this.#records = options.records;
  }

  /** The workflow with its plan and tasks. */
  async workflow(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<StoredWorkflow> {
    const stored = await this.#store.get(id);
    const missing = () => notFound('workflow', id);
    await this.#access.requireVisible(
      credentials,
      workflowReadPermission,
      stored?.row,
      missing,
    );
    if (!stored) {
      throw missing();
    }
    return stored;
  }

  /** Runs an action that may find a service name taken, and says by whom where the reader may know. */
  async naming<T>(
    credentials: BackstageCredentials,
    action: () => Promise<T>,
  ): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof ServiceNameTaken) {
        const holder = await this.#store.row(error.workflowId);
        const tell =
          holder &&
          (await this.#access.allows(
            credentials,
            workflowReadPermission,
            holder,
          ));
        throw tell ? error.naming() : error;
      }
      throw error;
    }
  }

  /** The workflow whose generated files are asked for. */
  async filesOf(
    credentials: BackstageCredentials,
    id: string,
    artifactId: string,
  ): Promise<WorkflowRow> {
    const { row } = await this.workflow(credentials, id);
    await this.#access.requireVisible(
      credentials,
      artifactReadPermission,
      row,
      () => notFound('artifact', artifactId),
    );
    return row;
  }

  /** The approval, with the workflow it belongs to. */
  async approval(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<{ approval: Approval; row: WorkflowRow }> {
    const approval = await this.#approvals.find(id);
    const row = approval && (await this.#store.row(approval.workflowId));
    const missing = () => notFound('approval', id);
    await this.#access.requireVisible(
      credentials,
      approvalReadPermission,
      row,
      missing,
    );
    if (!approval || !row) {
      throw missing();
    }
    return { approval, row };
  }

  /** The deployment, with the workflow that made it. */
  async deployment(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<{ record: DeploymentRecord; row: WorkflowRow }> {
    const record = await this.#records.deployments.get(id);
    const row = record && (await this.#store.row(record.workflowId));
    const missing = () => notFound('deployment', id);
    await this.#access.requireVisible(
      credentials,
      deploymentReadPermission,
      row,
      missing,
    );
    if (!record || !row) {
      throw missing();
    }
    return { record, row };
  }
}

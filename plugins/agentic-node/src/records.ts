import type { DeploymentView } from '@agentic-backstage/plugin-agentic-common';

/** A version of a service that a target started; kept by the host, written by deployment tools. */
export interface DeploymentRecord extends DeploymentView {
  /** The effect that started it; stopping the deployment undoes this effect. */
  readonly effectId: string;
  /** What the target needs to find it again after a restart; never a secret. */
  readonly handle: Record<string, unknown>;
}

/** The host's table of deployments. */
export interface DeploymentRecords {
  /** Inserts or replaces by `deploymentId`. */
  put(record: DeploymentRecord): Promise<void>;
  get(deploymentId: string): Promise<DeploymentRecord | undefined>;
  list(filter?: {
    serviceName?: string;
    environment?: string;
    workflowId?: string;
    status?: DeploymentView['status'];
  }): Promise<DeploymentRecord[]>;
}

/** A service that was published and shall appear in the catalog. */
export interface ServiceRecord {
  readonly serviceName: string;
  readonly workflowId: string;
  readonly repositoryUrl: string;
  readonly commit: string;
  /** The entities of its `catalog-info.yaml`, parsed. */
  readonly entities: readonly Record<string, unknown>[];
}

/** The host's table of published services, which the catalog module reads. */
export interface ServiceRecords {
  put(record: ServiceRecord): Promise<void>;
  get(serviceName: string): Promise<ServiceRecord | undefined>;
  remove(serviceName: string): Promise<void>;
  list(): Promise<ServiceRecord[]>;
}

/** The records that tools of this installation share with the host. */
export interface AgenticRecords {
  readonly deployments: DeploymentRecords;
  readonly services: ServiceRecords;
}

import type {
  AgenticRecords,
  DeploymentRecord,
  DeploymentRecords,
  ServiceRecord,
  ServiceRecords,
} from '../records';

class MemoryDeploymentRecords implements DeploymentRecords {
  readonly #records = new Map<string, DeploymentRecord>();

  async put(record: DeploymentRecord): Promise<void> {
    this.#records.set(record.deploymentId, structuredClone(record));
  }

  async get(deploymentId: string): Promise<DeploymentRecord | undefined> {
    return structuredClone(this.#records.get(deploymentId));
  }

  async list(
    filter: Parameters<DeploymentRecords['list']>[0] = {},
  ): Promise<DeploymentRecord[]> {
    return [...this.#records.values()]
      .filter(
        record =>
          (filter.serviceName ?? record.serviceName) === record.serviceName &&
          (filter.environment ?? record.environment) === record.environment &&
          (filter.workflowId ?? record.workflowId) === record.workflowId &&
          (filter.status ?? record.status) === record.status,
      )
      .map(record => structuredClone(record));
  }
}

class MemoryServiceRecords implements ServiceRecords {
  readonly #records = new Map<string, ServiceRecord>();

  async put(record: ServiceRecord): Promise<void> {
    this.#records.set(record.serviceName, structuredClone(record));
  }

  async get(serviceName: string): Promise<ServiceRecord | undefined> {
    return structuredClone(this.#records.get(serviceName));
  }

  async remove(serviceName: string): Promise<void> {
    this.#records.delete(serviceName);
  }

  async list(): Promise<ServiceRecord[]> {
    return [...this.#records.values()].map(record => structuredClone(record));
  }
}

/** The host's tables of deployments and services, in memory. Copies go in and come out, as with a database. */
export class MemoryRecords implements AgenticRecords {
  readonly deployments: DeploymentRecords = new MemoryDeploymentRecords();
  readonly services: ServiceRecords = new MemoryServiceRecords();
}

import type {
  AgenticRecords,
  DeploymentRecord,
  ServiceRecord,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { secretMasks } from '../runtime/redactValues';
import { fromJson, isoNow } from './rows';

interface BodyRow {
  body: string;
}

/** The records that tools share with the host, in the plugin database. */
export function createDatabaseRecords(knex: Knex): AgenticRecords {
  return {
    deployments: {
      async put(record) {
        await knex('deployments')
          .insert({
            id: record.deploymentId,
            workflow_id: record.workflowId,
            service_name: record.serviceName,
            environment: record.environment,
            status: record.status,
            body: JSON.stringify(secretMasks.maskDeep(record)),
            started_at: record.startedAt,
          })
          .onConflict('id')
          .merge();
      },
      async get(deploymentId) {
        const row = await knex<BodyRow>('deployments')
          .where('id', deploymentId)
          .first();
        return row && fromJson<DeploymentRecord>(row.body);
      },
      async list(filter = {}) {
        const query = knex('deployments')
          .orderBy('started_at', 'desc')
          .limit(500);
        if (filter.serviceName) query.where('service_name', filter.serviceName);
        if (filter.environment) query.where('environment', filter.environment);
        if (filter.workflowId) query.where('workflow_id', filter.workflowId);
        if (filter.status) query.where('status', filter.status);
        const rows: BodyRow[] = await query;
        return rows.map(row => fromJson<DeploymentRecord>(row.body));
      },
    },
    services: {
      async put(record) {
        await knex('services')
          .insert({
            service_name: record.serviceName,
            workflow_id: record.workflowId,
            body: JSON.stringify(secretMasks.maskDeep(record)),
            updated_at: isoNow(),
          })
          .onConflict('service_name')
          .merge();
      },
      async get(serviceName) {
        const row = await knex<BodyRow>('services')
          .where('service_name', serviceName)
          .first();
        return row && fromJson<ServiceRecord>(row.body);
      },
      async remove(serviceName) {
        await knex('services').where('service_name', serviceName).delete();
      },
      async list() {
        const rows = await knex<BodyRow>('services').orderBy('service_name');
        return rows.map(row => fromJson<ServiceRecord>(row.body));
      },
    },
  };
}

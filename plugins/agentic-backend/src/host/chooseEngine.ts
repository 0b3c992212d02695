import type { LoggerService } from '@backstage/backend-plugin-api';
import path from 'node:path';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { createWorkflowEngine } from '../engine';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';

/** The engine that the configuration asks for, or else the one that fits the plugin's database. */
export function chooseEngine(
  config: AgenticConfig,
  database: AgenticDatabase,
  logger: LoggerService,
): WorkflowEngine {
  const kind =
    config.engine.kind ?? (database.isShared ? 'postgres' : 'pglite');
  if (kind === 'pglite') {
    return createWorkflowEngine({
      kind,
      logger,
      dataFolder: path.join(config.dataDir, 'engine'),
    });
  }
  if (!database.isShared) {
    throw new Error(
      "agentic.engine.kind is 'postgres', but the plugin's database is SQLite; configure backend.database with client 'pg', or leave the key out",
    );
  }
  return createWorkflowEngine({
    kind,
    logger,
    connection: database.knex.client.connectionSettings,
    schema: config.engine.schema,
  });
}

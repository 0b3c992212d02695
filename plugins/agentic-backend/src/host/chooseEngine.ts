import type { LoggerService } from '@backstage/backend-plugin-api';
import path from 'node:path';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import {
  createWorkflowEngine,
  pluginConnection,
  pluginRole,
  pluginSchema,
} from '../engine';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';

/** The engine that the configuration asks for, or else the one that fits the plugin's database. */
export function chooseEngine(
  config: Pick<AgenticConfig, 'engine' | 'dataDir'>,
  database: AgenticDatabase,
  logger: LoggerService,
): WorkflowEngine {
  const { engine, dataDir } = config;
  const kind = engine.kind ?? (database.isShared ? 'postgres' : 'pglite');
  if (kind === 'pglite') {
    return createWorkflowEngine({
      kind,
      logger,
      dataFolder: path.join(dataDir, 'engine'),
    });
  }
  if (!database.isShared) {
    throw new Error(
      "agentic.engine.kind is 'postgres', but the plugin's database is SQLite; configure backend.database with client 'pg', or leave the key out",
    );
  }
  const { knex } = database;
  if (!engine.connection && engine.schema === pluginSchema(knex)) {
    throw new Error(
      `agentic.engine.schema is '${engine.schema}', where the plugin's own tables are, and some have the same names; give the engine a schema of its own`,
    );
  }
  return createWorkflowEngine({
    kind,
    logger,
    connection: engine.connection ?? pluginConnection(knex),
    role: engine.connection ? undefined : pluginRole(knex),
    schema: engine.schema,
    maxConnections: engine.maxConnections,
  });
}

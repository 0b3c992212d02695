import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';
import {
  DbosWorkflowEngine,
  type DbosEngineOptions,
} from './DbosWorkflowEngine';
import { InProcessWorkflowEngine } from './InProcessWorkflowEngine';
import { PgliteDatabase } from './PgliteDatabase';
import {
  PostgresDatabase,
  type PostgresDatabaseOptions,
} from './PostgresDatabase';

/** Which engine to make, and what it needs. */
export type WorkflowEngineOptions =
  /** Nothing is stored: for tests only. */
  | { readonly kind: 'in-process'; readonly logger: LoggerService }
  /** DBOS on files in `dataFolder`, which one process at a time may use. */
  | (DbosEngineOptions & {
      readonly kind: 'pglite';
      readonly dataFolder: string;
    })
  /** DBOS in a schema of a PostgreSQL server, for any number of processes. */
  | (DbosEngineOptions &
      PostgresDatabaseOptions & { readonly kind: 'postgres' });

/** Makes the engine that the options describe. Nothing is opened before `launch`. */
export function createWorkflowEngine(
  options: WorkflowEngineOptions,
): WorkflowEngine {
  switch (options.kind) {
    case 'in-process':
      return new InProcessWorkflowEngine(options);
    case 'pglite':
      return new DbosWorkflowEngine({
        ...options,
        database: new PgliteDatabase(options),
      });
    case 'postgres':
      return new DbosWorkflowEngine({
        ...options,
        database: new PostgresDatabase(options),
      });
    default:
      throw new TypeError(
        `Unknown kind of workflow engine: ${JSON.stringify(options)}`,
      );
  }
}

import type { Pool } from 'pg';

/** Where DBOS keeps its tables, opened for one engine. */
export interface OpenEngineDatabase {
  readonly pool: Pool;
  readonly schema: string;
  /** How often to look for mail that no notification announced. */
  readonly mailCheckMs: number;
  /**
   * Runs `launch` while no other process launches on this database, with this executor already
   * known as alive.
   */
  launching(launch: () => Promise<void>): Promise<void>;
  /**
   * From now on hands the ids of executors that are dead, but still hold runs, to `takeOver`:
   * at least once each, in one process or another.
   */
  watchExecutors(takeOver: (deadIds: string[]) => Promise<void>): Promise<void>;
  /** Throws with the reason when the database does not answer. */
  checkHealth(): Promise<void>;
  /** Says that this executor is gone and closes everything, within a few seconds. */
  close(): Promise<void>;
}

/** A kind of database the engine can stand on. */
export interface EngineDatabase {
  open(executorId: string): Promise<OpenEngineDatabase>;
  /** Called when DBOS could not be launched on what `open` opened; `true` asks for another try. */
  recoverFromFailedLaunch(error: unknown): Promise<boolean>;
}

export interface Config {
  /** The Agentic Framework. */
  agentic?: {
    /** Folder for what the local (development) target and the embedded engine keep on disk. Default `.agentic`. */
    dataDir?: string;
    engine?: {
      /** `pglite` (in process) or `postgres`. By default it follows the plugin's database. */
      kind?: 'pglite' | 'postgres';
      /** Schema of the engine's tables in PostgreSQL. Default `agentic_engine`. */
      schema?: string;
    };
    approvals?: {
      /** Who may sign in which role: entity refs of users and groups. Nobody, unless it is said here. */
      roles?: {
        strategic?: string[];
        final?: string[];
      };
      /** Rules by environment. Environments without rules need both signatures. */
      environments?: {
        [name: string]: {
          requiredRoles?: Array<'strategic' | 'final'>;
          /** Only for `development`. */
          requesterMayApprove?: boolean;
        };
      };
      /** Hours after which an undecided approval expires. Default 72. */
      expiresAfterHours?: number;
    };
    retention?: {
      /** Days after which the engine forgets runs that have ended. Default 7. */
      engineDays?: number;
      /** Days after which delivered outbox entries are deleted. Default 30. */
      outboxDays?: number;
    };
  };
}

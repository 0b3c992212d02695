import { Client } from 'pg';

/** Where a PostgreSQL server answers. */
export interface PostgresEndpoint {
  readonly host: string;
  readonly port: number;
}

/** An administrator's way to a PostgreSQL server, whoever runs it. */
export interface PostgresAccess {
  /** What the server is, for the approver. */
  describe(): string;
  /** Whether looking is possible without starting anything. */
  isRunning(): Promise<boolean>;
  /** Whether there is a server at all, running or stopped. */
  exists(): Promise<boolean>;
  /** Where it answers; starts it when it is ours and stopped. */
  endpoint(): Promise<PostgresEndpoint>;
  /** Lends an administrator's connection to a database, by default the maintenance one. */
  withAdmin<T>(
    work: (client: Client) => Promise<T>,
    database?: string,
  ): Promise<T>;
}

/** Opens a connection for the time of the work. An error of the idle connection is the work's to notice. */
export async function withClient<T>(
  config: ConstructorParameters<typeof Client>[0],
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(config);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server that somebody else runs, named by `agentic.local.postgres.connection`. */
export class ExternalPostgres implements PostgresAccess {
  readonly #connection: URL;

  constructor(connection: string) {
    this.#connection = new URL(connection);
  }

  describe(): string {
    return `the PostgreSQL server at ${this.#connection.host}`;
  }

  async isRunning(): Promise<boolean> {
    return true;
  }

  async exists(): Promise<boolean> {
    return true;
  }

  async endpoint(): Promise<PostgresEndpoint> {
    return {
      host: this.#connection.hostname,
      port: Number(this.#connection.port || 5432),
    };
  }

  async withAdmin<T>(
    work: (client: Client) => Promise<T>,
    database?: string,
  ): Promise<T> {
    const url = new URL(this.#connection);
    if (database !== undefined) {
      url.pathname = `/${encodeURIComponent(database)}`;
    }
    return withClient(
      { connectionString: url.href, connectionTimeoutMillis: 10_000 },
      work,
    );
  }
}

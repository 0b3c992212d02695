import type { SecretAccess } from '@agentic-backstage/plugin-agentic-node';
import { NotFoundError } from '@backstage/errors';
import { DatabaseProvisioning } from './DatabaseProvisioning';
import { readDatabaseSecret } from './DatabaseSecrets';
import { EmbeddedPostgres } from './EmbeddedPostgres';
import type { LocalPostgresOptions } from './localPostgresOptions';
import { ExternalPostgres, type PostgresAccess } from './PostgresAccess';

/** The PostgreSQL of the local target: its server and the databases of services. */
export class LocalPostgres {
  readonly access: PostgresAccess;
  readonly provisioning: DatabaseProvisioning;

  constructor(options: LocalPostgresOptions) {
    this.access = options.connection
      ? new ExternalPostgres(options.connection)
      : new EmbeddedPostgres(options);
    this.provisioning = new DatabaseProvisioning(this.access);
  }

  /** Stops the server when it is ours and runs; data stays, and the next use starts it again. */
  async stop(): Promise<void> {
    if (this.access instanceof EmbeddedPostgres) {
      await this.access.stop();
    }
  }

  /**
   * The connection string of a service's database, for the environment of its process and nothing
   * else. Starts the server when it is ours and stopped.
   */
  async connectionString(
    serviceName: string,
    secrets: SecretAccess,
  ): Promise<string> {
    const secret = await readDatabaseSecret(
      secrets,
      serviceName,
      `for the environment of the process of ${serviceName}`,
    );
    if (!secret) {
      throw new NotFoundError(
        `There is no database of ${serviceName} on this machine; run postgres.provision first`,
      );
    }
    const { host, port } = await this.access.endpoint();
    const url = new URL(`postgres://${host}:${port}`);
    url.username = encodeURIComponent(secret.user);
    url.password = encodeURIComponent(secret.password);
    url.pathname = `/${encodeURIComponent(secret.database)}`;
    return url.href;
  }
}

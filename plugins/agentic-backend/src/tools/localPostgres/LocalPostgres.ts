import { NotFoundError } from '@backstage/errors';
import { DatabaseProvisioning } from './DatabaseProvisioning';
import { DatabaseSecrets } from './DatabaseSecrets';
import { EmbeddedPostgres } from './EmbeddedPostgres';
import type { LocalPostgresOptions } from './localPostgresOptions';
import { ExternalPostgres, type PostgresAccess } from './PostgresAccess';

/** The PostgreSQL of the local target: its server, the databases of services, and their secrets. */
export class LocalPostgres {
  readonly access: PostgresAccess;
  readonly provisioning: DatabaseProvisioning;
  readonly secrets: DatabaseSecrets;

  constructor(options: LocalPostgresOptions) {
    this.access = options.connection
      ? new ExternalPostgres(options.connection)
      : new EmbeddedPostgres(options);
    this.provisioning = new DatabaseProvisioning(this.access);
    this.secrets = new DatabaseSecrets(options.dataDir);
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
  async connectionString(serviceName: string): Promise<string> {
    const secret = await this.secrets.get(serviceName);
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

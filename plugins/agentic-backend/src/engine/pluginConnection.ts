import type { Knex } from 'knex';
import type { PoolConfig } from 'pg';

/** What a provider of Backstage's answers: settings, and how to ask whether their password still holds. */
type ProvidedSettings = PoolConfig & { expirationChecker?: () => boolean };

/**
 * How the plugin itself reaches its PostgreSQL, for connections of the engine's own: the same server,
 * TLS and user, and a password that is asked for again at each connection where it expires.
 */
export function pluginConnection(knex: Knex): PoolConfig {
  const { config, connectionSettings } = knex.client as {
    config: Knex.Config;
    connectionSettings: ProvidedSettings;
  };
  const { expirationChecker: _, ...settings } = connectionSettings;
  return {
    ...settings,
    // Knex keeps the password where a spread does not find it.
    password:
      typeof config.connection === 'function'
        ? freshPassword(config.connection as () => Promise<ProvidedSettings>)
        : connectionSettings.password,
  };
}

/** The role that Backstage has each of the plugin's connections take, if any. */
export function pluginRole(knex: Knex): string | undefined {
  return (knex.client.config as { role?: string }).role;
}

/** The schema that holds the plugin's tables. */
export function pluginSchema(knex: Knex): string {
  const { searchPath } = knex.client.config as Knex.Config;
  return [searchPath ?? []].flat()[0] ?? 'public';
}

function freshPassword(
  provide: () => Promise<ProvidedSettings>,
): () => Promise<string> {
  let known: Promise<ProvidedSettings> | undefined;
  return async () => {
    const settings = await known?.catch(() => undefined);
    if (!settings?.expirationChecker || settings.expirationChecker()) {
      known = provide();
    }
    const { password } = await known!;
    return typeof password === 'function' ? password() : password ?? '';
  };
}

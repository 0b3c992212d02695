import {
  secretReference,
  type SecretAccess,
  type SecretLook,
  type SecretReference,
} from '@agentic-backstage/plugin-agentic-node';
import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';

const FOLDER = 'local-postgres';
const KEY = 'password';

/** Covers the secrets of one service's databases. */
export const OWN_DATABASE_SECRETS = `*/${FOLDER}/{service}/**`;
/** Covers the secrets of all services' databases. */
export const ALL_DATABASE_SECRETS = `*/${FOLDER}/**`;

/** How a service gets into its database. */
export interface DatabaseSecret {
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** What is known of it without the password. */
export interface KnownDatabase {
  readonly database: string;
  readonly user: string;
  readonly reference: SecretReference;
}

function pathOf(serviceName: string): string {
  return `${FOLDER}/${serviceName}`;
}

function referenceOf({ store, path }: SecretMetadata): SecretReference {
  return secretReference({ store, path, key: KEY });
}

/** Which database a service has, if it has one. */
export async function findDatabase(
  secrets: SecretLook,
  serviceName: string,
): Promise<KnownDatabase | undefined> {
  const found = await secrets.describe(pathOf(serviceName));
  return (
    found && {
      database: found.labels.database ?? '',
      user: found.labels.user ?? '',
      reference: referenceOf(found),
    }
  );
}

/** The same with the password; `undefined` when there is none, or none that can be read any more. */
export async function readDatabaseSecret(
  secrets: SecretAccess,
  serviceName: string,
  purpose: string,
): Promise<DatabaseSecret | undefined> {
  const known = await findDatabase(secrets, serviceName);
  if (!known) {
    return undefined;
  }
  try {
    const { database, user, reference } = known;
    const password = await secrets.resolve(reference, purpose);
    return { database, user, password };
  } catch (error) {
    if ((error as Error).name === 'UnreadableSecretError') {
      return undefined;
    }
    throw error;
  }
}

/** Keeps the password of a service's database and answers what to call it where it must not appear. */
export async function keepDatabaseSecret(
  secrets: SecretAccess,
  serviceName: string,
  secret: DatabaseSecret,
): Promise<SecretReference> {
  const { database, user, password } = secret;
  return referenceOf(
    await secrets.put(
      pathOf(serviceName),
      { values: { [KEY]: password }, labels: { database, user } },
      `to keep the password of the database '${database}'`,
    ),
  );
}

/** Forgets the password of a service's database. */
export async function forgetDatabaseSecret(
  secrets: SecretAccess,
  serviceName: string,
): Promise<void> {
  await secrets.destroy(
    pathOf(serviceName),
    `the database of ${serviceName} was dropped`,
  );
}

/** Keeps the password of a database that was set aside under that database's name. */
export async function setDatabaseSecretAside(
  secrets: SecretAccess,
  serviceName: string,
  database: string,
): Promise<void> {
  const purpose = `the database was renamed to '${database}'`;
  const secret = await readDatabaseSecret(secrets, serviceName, purpose);
  if (secret) {
    await secrets.put(
      `${pathOf(serviceName)}/${database}`,
      {
        values: { [KEY]: secret.password },
        labels: { database, user: database },
      },
      purpose,
    );
  }
  await secrets.destroy(pathOf(serviceName), purpose);
}

/** A text without the password of a service's database, in whichever form it stands there. */
export async function concealDatabaseSecret(
  secrets: SecretLook,
  serviceName: string,
  text: string,
): Promise<string> {
  return secrets.conceal(pathOf(serviceName), text);
}

import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type EffectTool,
} from '@agentic-backstage/plugin-agentic-node';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { productionProblems } from '../disk/localTargetOptions';
import { oneAtATime } from '../disk/oneAtATime';
import { ServiceName } from '../disk/serviceName';
import {
  findDatabase,
  forgetDatabaseSecret,
  keepDatabaseSecret,
  OWN_DATABASE_SECRETS,
  readDatabaseSecret,
  setDatabaseSecretAside,
} from './DatabaseSecrets';
import type { LocalPostgres } from './LocalPostgres';
import type { LocalPostgresOptions } from './localPostgresOptions';
import { withClient } from './PostgresAccess';

const RESERVED = /^(postgres|template[01]|pg_.*|agentic_admin|public|none)$/;

const Params = z
  .object({
    serviceName: ServiceName,
    database: z
      .string()
      .regex(
        /^[a-z][a-z0-9_-]{0,62}$/,
        'must be 1 to 63 lower-case letters, digits, hyphens and underscores, starting with a letter',
      )
      .refine(
        name => !RESERVED.test(name),
        'is a name that PostgreSQL keeps for itself',
      ),
  })
  .strict();
/** Parameters of `postgres.provision`. */
export type PostgresProvisionParams = z.infer<typeof Params>;

const Result = z
  .object({
    host: z.string(),
    port: z.number().int(),
    database: z.string(),
    user: z.string(),
    /** Names the secret; never holds it. */
    secretRef: z.string(),
  })
  .strict();
/** Result of `postgres.provision`. */
export type PostgresProvisionResult = z.infer<typeof Result>;

function seen(state: ReadBack['state'], evidence: string): ReadBack {
  return { state, evidence, observedAt: new Date().toISOString() };
}

/** Makes a service's database, and the role that owns it, on the PostgreSQL of the local target. */
export function createPostgresProvisionTool(
  options: LocalPostgresOptions,
  postgres: LocalPostgres,
): EffectTool<PostgresProvisionParams, PostgresProvisionResult> {
  const { access, provisioning } = postgres;

  return createEffectTool<PostgresProvisionParams, PostgresProvisionResult>({
    id: 'postgres.provision',
    title: 'Provision a PostgreSQL database',
    description:
      'Makes a database and a role of the same name that owns it, with a random password that only the process of the service gets.',
    schema: Params,
    result: Result,
    localOnly: true,
    secrets: [OWN_DATABASE_SECRETS],

    blastRadius: ({ database }) => ({
      scope: 'service',
      destructive: false,
      description: `One new database '${database}' and one new role on ${access.describe()}; existing ones are not touched`,
    }),

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'PostgreSQL on the machine of the portal',
          monthly: 0,
          source: 'Uses the machine the portal runs on; nothing is rented',
        },
      ],
    }),

    rollbackStrategy: ({ database }) =>
      `Database '${database}' and its role are dropped when no table has rows, and renamed to ${database}_archived_<time> when one has; data is never destroyed`,

    async validate(params, { secrets }) {
      const problems = productionProblems(options);
      const secret = await findDatabase(secrets, params.serviceName);
      if (secret && secret.database !== params.database) {
        problems.push({
          field: 'database',
          message: `${params.serviceName} already has the database '${secret.database}'`,
          remedy: `Use '${secret.database}', or roll the workflow back that made it`,
        });
      }
      if (!(await access.isRunning())) {
        return problems;
      }
      const state = await provisioning.look(params.database);
      const owner = state.databaseMark?.service ?? state.roleMark?.service;
      if ((state.database || state.role) && owner !== params.serviceName) {
        problems.push({
          field: 'database',
          message: owner
            ? `'${params.database}' belongs to ${owner}`
            : `A database or role '${params.database}' exists that was not made by the framework`,
          remedy: 'Choose another name',
        });
      }
      return problems;
    },

    async dryRun(params, { secrets }) {
      const { database } = params;
      const running = await access.isRunning();
      const state = running ? await provisioning.look(database) : undefined;
      const there = state
        ? state.database && state.role
        : (await findDatabase(secrets, params.serviceName)) !== undefined;
      const action = there ? ('none' as const) : ('create' as const);
      const detail = there ? 'is there already' : `on ${access.describe()}`;
      return {
        summary: there
          ? `Database '${database}' is there already and is used`
          : `Database '${database}' and a role of the same name are made on ${access.describe()}`,
        changes: [
          { action, resource: `role ${database}`, detail },
          { action, resource: `database ${database}`, detail },
          {
            action,
            resource: `secret of ${params.serviceName}`,
            detail: there
              ? 'is there already'
              : 'random password in the store of secrets, which only the process of the service gets',
          },
        ],
        warnings:
          running || !(await access.exists())
            ? []
            : [
                'The server is stopped and was not asked; it is started when this is carried out',
              ],
      };
    },

    async execute(params, context) {
      const { serviceName, database } = params;
      const { secrets } = context;
      return oneAtATime(`postgres.provision ${serviceName}`, async () => {
        const { host, port } = await access.endpoint();
        const known = await readDatabaseSecret(
          secrets,
          serviceName,
          `to set it as the password of the role '${database}'`,
        );
        const secret = known ?? {
          database,
          user: database,
          password: randomBytes(24).toString('base64url'),
        };
        // Before the role: a password nobody remembers would be worse than a secret nobody uses.
        const secretRef = known
          ? (await findDatabase(secrets, serviceName))!.reference
          : await keepDatabaseSecret(secrets, serviceName, secret);
        try {
          await provisioning.provision(database, secret.password, {
            service: serviceName,
            effect: context.idempotencyKey,
          });
        } catch (error) {
          if (!known && (error as Error).name === 'ConflictError') {
            await forgetDatabaseSecret(secrets, serviceName);
          }
          throw error;
        }
        context.log.info(
          `Database '${database}' is ready on ${access.describe()}`,
        );
        return {
          host,
          port,
          database,
          user: database,
          secretRef,
        };
      });
    },

    async readBack(params, _result, { secrets }) {
      const { serviceName, database } = params;
      if (!(await access.exists())) {
        return seen(
          'absent',
          'There is no PostgreSQL server of the local target',
        );
      }
      const state = await provisioning.look(database);
      if (!state.database || !state.role) {
        return seen(
          'absent',
          `The server has no ${
            state.database ? 'role' : 'database'
          } '${database}'`,
        );
      }
      const known = await findDatabase(secrets, serviceName);
      const secret = await readDatabaseSecret(
        secrets,
        serviceName,
        'to see whether the role can log in',
      );
      if (!known || !secret || secret.database !== database) {
        return seen(
          'absent',
          `There is no secret of ${serviceName} for '${database}'`,
        );
      }
      const { host, port } = await access.endpoint();
      try {
        const answer = await withClient(
          {
            host,
            port,
            database,
            user: secret.user,
            password: secret.password,
            connectionTimeoutMillis: 10_000,
          },
          async client =>
            client.query<{ one: number; who: string; version: string }>(
              `SELECT 1 AS one, current_user AS who, current_setting('server_version') AS version`,
            ),
        );
        const { who, version } = answer.rows[0];
        return {
          ...seen(
            'confirmed',
            `Logged in to '${database}' as ${who} and ran a query on PostgreSQL ${version}`,
          ),
          result: {
            host,
            port,
            database,
            user: secret.user,
            secretRef: known.reference,
          },
        };
      } catch (error) {
        return seen(
          'unknown',
          `'${database}' exists, but its role could not log in: ${
            (error as Error).message
          }`,
        );
      }
    },

    async rollback(params, _result, context) {
      const { serviceName, database } = params;
      const { secrets } = context;
      return oneAtATime(`postgres.provision ${serviceName}`, async () => {
        if (!(await access.exists())) {
          return seen(
            'absent',
            'There is no PostgreSQL server of the local target',
          );
        }
        const state = await provisioning.look(database);
        const mark = state.databaseMark ?? state.roleMark;
        if (!state.database && !state.role) {
          // Left by an undoing that ended before it could forget the password.
          const known = await findDatabase(secrets, serviceName);
          if (known?.database === database) {
            await forgetDatabaseSecret(secrets, serviceName);
          }
          return seen('absent', `The server has no database '${database}'`);
        }
        if (mark?.effect !== context.idempotencyKey) {
          return seen(
            'absent',
            `'${database}' was not made by this effect and stays as it is`,
          );
        }
        const filled = state.database
          ? await provisioning.tableWithRows(database)
          : undefined;
        let evidence: string;
        if (filled) {
          const kept = await provisioning.setAside(database);
          await setDatabaseSecretAside(secrets, serviceName, kept);
          evidence = `Table ${filled} has rows, so the database was renamed to '${kept}' and its role can no longer log in`;
        } else {
          await provisioning.drop(database);
          await forgetDatabaseSecret(secrets, serviceName);
          evidence = `No table had rows; database and role '${database}' were dropped`;
        }
        const after = await provisioning.look(database);
        return after.database || after.role
          ? seen('unknown', `'${database}' still shows on the server`)
          : seen('absent', evidence);
      });
    },
  });
}

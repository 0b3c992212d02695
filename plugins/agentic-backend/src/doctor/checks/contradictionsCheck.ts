import { ApprovalRole } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';
import { readApprovalPolicy } from '../../runtime/approval/readApprovalPolicy';
import type { Check, Patient } from '../Check';
import { broken, fine, warning, type Finding } from '../Finding';
import { pluginDatabase } from '../pluginDatabase';

/** Each looks for settings that are right by themselves and do not go together. */
const LOOKS: readonly ((patient: Patient) => readonly Finding[])[] = [
  ({ config }) => {
    const { roles } = readApprovalPolicy(config);
    const empty = ApprovalRole.options.filter(role => roles[role].length === 0);
    const checked = 'Somebody may sign approvals';
    return empty.length === 0
      ? [fine('config.approvers', checked, 'Both roles are given to somebody')]
      : empty.map(role =>
          warning(
            'config.approvers',
            checked,
            `Nobody holds the role '${role}', so what needs its signature waits until it expires`,
            `Name users or groups in agentic.approvals.roles.${role}, as full entity refs in lower case`,
          ),
        );
  },
  ({ config, root }) => {
    const kind = config.getOptionalString('agentic.engine.kind');
    const { client, where } = pluginDatabase(config, root);
    const checked = 'The engine fits the database';
    if (kind === 'postgres' && client !== 'pg') {
      return [
        broken(
          'config.engine',
          checked,
          `agentic.engine.kind is 'postgres', but the plugin's database is '${client}'`,
          'Configure backend.database with client pg, or leave agentic.engine.kind out',
        ),
      ];
    }
    if (kind === 'pglite' && client === 'pg') {
      return [
        warning(
          'config.engine',
          checked,
          "agentic.engine.kind is 'pglite', which only one process can use, while the database can be shared",
          'Leave agentic.engine.kind out before you start a second replica',
        ),
      ];
    }
    return [fine('config.engine', checked, `The database is ${where}`)];
  },
  ({ config, env, root }) => {
    if (env.NODE_ENV !== 'production') return [];
    const { client } = pluginDatabase(config, root);
    return [
      ...(config.getOptionalStringArray('agentic.secrets.keys')?.length
        ? []
        : [
            broken(
              'config.secretKey',
              'Production has a key for secrets',
              'NODE_ENV is production and agentic.secrets.keys is empty, so no secret can be kept or read',
              'Set agentic.secrets.keys to a list with one key, made with: openssl rand -base64 32',
            ),
          ]),
      ...(client === 'pg'
        ? []
        : [
            warning(
              'config.productionDatabase',
              'Production has a database that lasts',
              `NODE_ENV is production and the database is '${client}'`,
              'Configure backend.database with client pg; SQLite allows one process only',
            ),
          ]),
      ...(config.has('agentic.examplePeople')
        ? [
            broken(
              'config.examplePeople',
              'Nobody signs in to production without a password',
              'agentic.examplePeople is configured and NODE_ENV is production: the portal refuses to start',
              'Remove agentic.examplePeople and auth.providers.example-people, and configure a sign-in provider',
            ),
          ]
        : []),
    ];
  },
  ({ config }) => {
    const checked = 'Permissions are on';
    return config.getOptionalBoolean('permission.enabled')
      ? [fine('config.permissions', checked, 'permission.enabled is true')]
      : [
          warning(
            'config.permissions',
            checked,
            'permission.enabled is not true: everybody who is signed in sees and controls every workflow. Approver roles, four-eyes, lanes and environments are enforced all the same',
            'Set permission.enabled to true and install a permission policy; see docs/permissions.md',
          ),
        ];
  },
  ({ config }) => {
    const machines =
      config.getOptionalConfigArray('agentic.machineAccess') ?? [];
    const tokens = staticSubjects(config);
    return machines
      .map(machine => machine.getOptionalString('subject') ?? '')
      .filter(
        subject =>
          /^external:[^:]+$/.test(subject) && !tokens.includes(subject),
      )
      .map(subject =>
        warning(
          'config.machines',
          'Machines that may do something have a token',
          `agentic.machineAccess lists '${subject}', and no static token of backend.auth.externalAccess has this subject`,
          'Add the token, or correct the subject; those of signed tokens read external:<prefix>:<sub>',
        ),
      );
  },
];

/** Looks for settings that contradict each other or the place the portal runs in. */
export const contradictionsCheck: Check = {
  id: 'config',
  title: 'Settings that go together',
  look: async patient =>
    LOOKS.flatMap(look => {
      try {
        return look(patient);
      } catch {
        // A setting that cannot be read has a finding of its own.
        return [];
      }
    }),
};

function staticSubjects(config: Config): string[] {
  return (config.getOptionalConfigArray('backend.auth.externalAccess') ?? [])
    .filter(access => access.getOptionalString('type') === 'static')
    .flatMap(access => access.getOptionalString('options.subject') ?? []);
}

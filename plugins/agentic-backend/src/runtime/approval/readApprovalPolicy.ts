import type { ApprovalRole } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';
import type { ApprovalPolicy, EnvironmentApproval } from './ApprovalPolicy';

const SECTION = 'agentic.approvals';
const PRODUCTION = ['production', 'prod'];

const DEFAULT_ENVIRONMENTS: Readonly<Record<string, EnvironmentApproval>> = {
  development: {
    requiredRoles: ['final'],
    requesterMayApprove: true,
    criticMaySign: false,
    production: false,
  },
  staging: {
    requiredRoles: ['final'],
    requesterMayApprove: false,
    criticMaySign: false,
    production: false,
  },
  production: {
    requiredRoles: ['strategic', 'final'],
    requesterMayApprove: false,
    criticMaySign: false,
    production: true,
  },
};

function readRole(text: string, key: string): ApprovalRole {
  if (text === 'strategic' || text === 'final') {
    return text;
  }
  throw new Error(
    `${key} names the role '${text}'; the roles are 'strategic' and 'final'`,
  );
}

function readEnvironment(
  config: Config | undefined,
  name: string,
): EnvironmentApproval {
  const key = `${SECTION}.environments.${name}`;
  const before = DEFAULT_ENVIRONMENTS[name];
  const production =
    config?.getOptionalBoolean('production') ??
    before?.production ??
    PRODUCTION.includes(name);
  const requiredRoles =
    config
      ?.getOptionalStringArray('requiredRoles')
      ?.map(role => readRole(role, `${key}.requiredRoles`)) ??
    before?.requiredRoles;
  if (!requiredRoles || requiredRoles.length === 0) {
    throw new Error(
      `${key}.requiredRoles is missing or empty; name at least one role`,
    );
  }
  const requesterMayApprove =
    config?.getOptionalBoolean('requesterMayApprove') ??
    before?.requesterMayApprove ??
    false;
  if (requesterMayApprove && name !== 'development') {
    throw new Error(
      `${key}.requesterMayApprove is true, but only 'development' may let people approve their own requests; remove it`,
    );
  }
  const criticMaySign = config?.getOptionalBoolean('criticMaySign') ?? false;
  if (name === 'development' && production) {
    throw new Error(
      `${key}.production is true; give an environment that is kept as production another name`,
    );
  }
  if (name === 'production' && !production) {
    throw new Error(
      `${key}.production is false; give an environment that is not production another name`,
    );
  }
  if (production && criticMaySign) {
    throw new Error(
      `${key}.criticMaySign is true, but in production two people sign and the critic is a third; remove it`,
    );
  }
  if (production && new Set(requiredRoles).size < 2) {
    throw new Error(
      `${key}.requiredRoles has one role, but in production two people sign; name both, or leave it out`,
    );
  }
  return { requiredRoles, requesterMayApprove, criticMaySign, production };
}

function readNumber(
  config: Config,
  key: string,
  otherwise: number,
  fits: (value: number) => boolean,
  what: string,
): number {
  const value = config.getOptionalNumber(`${SECTION}.${key}`) ?? otherwise;
  if (!fits(value)) {
    throw new Error(`${SECTION}.${key} is ${value}; give ${what}`);
  }
  return value;
}

const isShare = (value: number): boolean => value > 0 && value < 1;

/** Reads `agentic.approvals`. Throws naming the key and the remedy. */
export function readApprovalPolicy(config: Config): ApprovalPolicy {
  const section = config.getOptionalConfig(`${SECTION}.environments`);
  const names = new Set([
    ...Object.keys(DEFAULT_ENVIRONMENTS),
    ...(section?.keys() ?? []),
  ]);
  const order = config.getOptionalString(`${SECTION}.order`) ?? 'fixed';
  if (order !== 'fixed' && order !== 'any') {
    throw new Error(`${SECTION}.order is '${order}'; give 'fixed' or 'any'`);
  }
  const refs = (key: string) =>
    config.getOptionalStringArray(`${SECTION}.${key}`) ?? [];
  const remindAtShare = readNumber(
    config,
    'remindAtShare',
    0.5,
    isShare,
    'a share between 0 and 1',
  );
  return {
    roles: { strategic: refs('roles.strategic'), final: refs('roles.final') },
    environments: Object.fromEntries(
      [...names].map(name => [
        name,
        readEnvironment(section?.getOptionalConfig(name), name),
      ]),
    ),
    order,
    expiresAfterHours: readNumber(
      config,
      'expiresAfterHours',
      72,
      value => value > 0,
      'a number above zero',
    ),
    remindAtShare,
    escalateAtShare: readNumber(
      config,
      'escalateAtShare',
      Math.max(0.8, remindAtShare),
      value => isShare(value) && value >= remindAtShare,
      `a share between ${remindAtShare} (remindAtShare) and 1`,
    ),
    escalateTo: refs('escalateTo'),
    blindSeconds: readNumber(
      config,
      'blindSeconds',
      10,
      value => value >= 0,
      'a number of seconds, or zero',
    ),
  };
}

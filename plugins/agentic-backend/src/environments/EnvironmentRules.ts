import {
  EVERYONE,
  OWNERS,
  type DataClass,
} from '@agentic-backstage/plugin-agentic-common';

/** Who may do what in one environment. */
export interface EnvironmentRule {
  /** Entity refs of users and groups, or `everyone`, or `owners`. */
  readonly requesters: readonly string[];
  /** Entity refs of users and groups. */
  readonly operators: readonly string[];
  /** Subjects of machines. */
  readonly automatedSystems: readonly string[];
  readonly dataClass?: DataClass;
  readonly requireChangeReason: boolean;
}

/** The rules by the name of the environment. */
export type EnvironmentRules = Readonly<Record<string, EnvironmentRule>>;

/** A person, or a machine in its own name or a person's, who wants something in an environment. */
export interface Actor {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
  /** The machine that asks; its grant names the environments it may work with. */
  readonly machine?: {
    readonly subject: string;
    readonly environments: readonly string[];
  };
}

const NOBODY: EnvironmentRule = {
  requesters: [],
  operators: [],
  automatedSystems: [],
  requireChangeReason: true,
};

/** The rules of an environment. One that nobody has configured lets nobody in. */
export function environmentRuleOf(
  rules: EnvironmentRules,
  environment: string,
): EnvironmentRule {
  return Object.hasOwn(rules, environment) ? rules[environment] : NOBODY;
}

/** Why this actor may not ask for work in an environment, or `undefined` when they may. */
export function reasonNotToRequest(
  rules: EnvironmentRules,
  environment: string,
  actor: Actor,
  owner?: string,
): string | undefined {
  const rule = environmentRuleOf(rules, environment);
  const { machine } = actor;
  if (machine && !machine.environments.includes(environment)) {
    return `'${machine.subject}' may not work with '${environment}'; the configuration key agentic.machineAccess says where it may`;
  }
  if (machine && actor.userEntityRef === `service:${machine.subject}`) {
    return rule.automatedSystems.includes(machine.subject)
      ? undefined
      : `'${machine.subject}' is no automated system of '${environment}'; the configuration key agentic.environments.${environment}.automatedSystems lists them`;
  }
  const isOneOf = (refs: readonly string[]) =>
    refs.some(
      ref =>
        ref === EVERYONE ||
        actor.ownershipEntityRefs.includes(ref) ||
        ref === actor.userEntityRef,
    );
  // Who the owner will be is not known before the plan, so the list of environments asks without one.
  const ownersMay =
    rule.requesters.includes(OWNERS) &&
    (owner === undefined ||
      owner === actor.userEntityRef ||
      actor.ownershipEntityRefs.includes(owner));
  if (isOneOf(rule.requesters) || isOneOf(rule.operators) || ownersMay) {
    return undefined;
  }
  const refs = [...rule.requesters, ...rule.operators].filter(
    ref => ref !== OWNERS,
  );
  const who = [
    ...(rule.requesters.includes(OWNERS) ? ['the owners of the service'] : []),
    ...refs,
  ];
  return who.length > 0
    ? `Work in '${environment}' is asked for by ${who.join(
        ', ',
      )}; ask one of them`
    : `Nobody may ask for work in '${environment}' yet; the configuration key agentic.environments.${environment} says who may`;
}

/**
 * Why this actor may not go on with, retry or stop what runs in an environment, or `undefined` when
 * they may: requesters their own work, operators and automated systems anybody's.
 */
export function reasonNotToOperate(
  rules: EnvironmentRules,
  workflow: {
    readonly environment: string;
    readonly requestedBy: string;
    readonly owner: string;
  },
  actor: Actor,
): string | undefined {
  const { environment } = workflow;
  const rule = environmentRuleOf(rules, environment);
  const refusal = reasonNotToRequest(rules, environment, actor, workflow.owner);
  if (refusal !== undefined || rule.operators.length === 0) {
    return refusal;
  }
  const own = actor.userEntityRef === workflow.requestedBy;
  const operates =
    own ||
    actor.machine !== undefined ||
    rule.operators.some(
      ref =>
        ref === actor.userEntityRef || actor.ownershipEntityRefs.includes(ref),
    );
  return operates
    ? undefined
    : `What others asked for in '${environment}' is operated by ${rule.operators.join(
        ', ',
      )}; ask one of them`;
}

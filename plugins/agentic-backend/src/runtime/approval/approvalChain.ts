import type {
  ApprovalChain,
  ApprovalRole,
  Effect,
} from '@agentic-backstage/plugin-agentic-common';
import type { ApprovalPolicy, EnvironmentApproval } from './ApprovalPolicy';

/** Things that hold what cannot be made again: data, and the copies that would bring it back. */
const STATEFUL =
  /\b(database|volume|bucket|disk|file ?system|snapshot|backup|topic|queue|table|stateful ?set|persistentvolume(claim)?|rds|dynamodb|s3|state file|secret)s?\b/i;
/** Words of a dry run for a change that throws the old thing away. */
const REPLACING = /\b(replac|destroy|drop|wip|truncat|overwrit|eras)\w*/i;

type Judged = Pick<Effect, 'tool' | 'blastRadius' | 'dryRun'>;

/**
 * Why these effects need two people whatever the environment; empty when they do not. It listens to
 * what the tool says about itself, and besides looks at the changes of the dry run, so that a tool
 * that calls itself harmless and deletes a database is not believed.
 */
export function destructionReasons(
  effects: readonly Judged[],
  production: boolean,
): string[] {
  return effects.flatMap(({ tool, blastRadius, dryRun }) => {
    const reasons = dryRun.changes.flatMap(({ action, resource, detail }) => {
      const gone =
        action === 'delete' ||
        (action === 'update' && REPLACING.test(`${resource} ${detail}`));
      if (gone && STATEFUL.test(`${resource} ${detail}`)) {
        return [`${tool} destroys something that holds data: ${resource}`];
      }
      return gone && production
        ? [`${tool} destroys a part of production: ${resource}`]
        : [];
    });
    if (blastRadius.destructive) {
      reasons.unshift(`${tool} is destructive: ${blastRadius.description}`);
    }
    return reasons;
  });
}

/** What an environment without rules of its own asks for: as in production. */
const STRICTEST: EnvironmentApproval = {
  requiredRoles: ['strategic', 'final'],
  requesterMayApprove: false,
  criticMaySign: false,
  production: true,
};

const BOTH: readonly ApprovalRole[] = ['strategic', 'final'];

/**
 * The rules of an environment. What production must have is put in here as well, so that no
 * configuration and no caller can leave it out: two people, neither of them the requester, and the
 * critic as a third that signs for nobody.
 */
export function approvalRulesOf(
  policy: Pick<ApprovalPolicy, 'environments'>,
  environment: string,
): EnvironmentApproval {
  const rules = policy.environments[environment] ?? STRICTEST;
  return rules.production
    ? {
        requiredRoles: BOTH,
        requesterMayApprove: false,
        criticMaySign: false,
        production: true,
      }
    : {
        ...rules,
        requesterMayApprove:
          rules.requesterMayApprove && environment === 'development',
      };
}

/** Who has to sign for these effects in this environment, in which order, and why. */
export function chainFor(
  policy: ApprovalPolicy,
  environment: string,
  effects: readonly Judged[],
): ApprovalChain & { readonly requiredRoles: readonly ApprovalRole[] } {
  const rules = approvalRulesOf(policy, environment);
  const twoPeopleBecause = destructionReasons(effects, rules.production);
  const two = twoPeopleBecause.length > 0;
  const requiredRoles = BOTH.filter(
    role => two || rules.requiredRoles.includes(role),
  );
  return {
    requiredRoles,
    order: policy.order,
    holders: requiredRoles.map(role => ({
      role,
      refs: [...policy.roles[role]],
    })),
    requesterMayApprove: rules.requesterMayApprove,
    criticMaySign: rules.criticMaySign && !two,
    twoPeopleBecause,
  };
}

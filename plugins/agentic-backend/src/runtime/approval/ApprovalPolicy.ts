import type { ApprovalRole } from '@agentic-backstage/plugin-agentic-common';

/** Who must sign what, per environment, and what happens while nobody does. */
export interface ApprovalPolicy {
  /** Entity refs of the users and groups that hold a role. */
  readonly roles: Readonly<Record<ApprovalRole, readonly string[]>>;
  readonly environments: Readonly<Record<string, EnvironmentApproval>>;
  /** With `fixed` the strategic signature comes before the final one. */
  readonly order: 'fixed' | 'any';
  readonly expiresAfterHours: number;
  /** Share of the time to expiry after which those who can sign are reminded. */
  readonly remindAtShare: number;
  /** Share of the time to expiry after which {@link ApprovalPolicy.escalateTo} is told. */
  readonly escalateAtShare: number;
  readonly escalateTo: readonly string[];
  /** An approval sooner than this after the first view counts as blind. */
  readonly blindSeconds: number;
}

/** The rules of one environment. */
export interface EnvironmentApproval {
  readonly requiredRoles: readonly ApprovalRole[];
  /** Only for development: the person who asked may sign as well. */
  readonly requesterMayApprove: boolean;
  /** Never in production: the critic gives the strategic signature when it has nothing to object. */
  readonly criticMaySign: boolean;
  /** Kept as production is: two people sign, and the critic is a third. */
  readonly production: boolean;
}

/** The person who decides, as the identity service knows them. */
export interface Approver {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

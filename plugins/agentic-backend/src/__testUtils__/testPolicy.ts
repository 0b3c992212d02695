import type { ApprovalPolicy } from '../runtime/approval/ApprovalPolicy';

/** The approval policy of the sample company: leads sign as final, architects as strategic. */
export const testPolicy: ApprovalPolicy = {
  roles: {
    strategic: ['group:default/architects'],
    final: ['group:default/leads', 'user:default/zoe'],
  },
  environments: {
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
    preview: {
      requiredRoles: ['strategic', 'final'],
      requesterMayApprove: false,
      criticMaySign: true,
      production: false,
    },
    production: {
      requiredRoles: ['strategic', 'final'],
      requesterMayApprove: false,
      criticMaySign: false,
      production: true,
    },
  },
  order: 'fixed',
  expiresAfterHours: 1,
  remindAtShare: 0.5,
  escalateAtShare: 0.8,
  escalateTo: [],
  blindSeconds: 10,
};

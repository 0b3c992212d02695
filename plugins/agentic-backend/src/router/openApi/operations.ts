import { INCIDENT_OPERATIONS } from './incidentOperations';
import type { Operation } from './Operation';
import { OPERATOR_OPERATIONS } from './operatorOperations';
import { RECORD_OPERATIONS } from './recordOperations';
import { WORKFLOW_OPERATIONS } from './workflowOperations';

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
  ...WORKFLOW_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...INCIDENT_OPERATIONS,
  ...OPERATOR_OPERATIONS,
];

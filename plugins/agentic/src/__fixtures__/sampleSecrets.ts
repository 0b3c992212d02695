import type {
  SecretAccessEntry,
  SecretView,
} from '@agentic-backstage/plugin-agentic-common';
import { at } from './sampleDomain';

/** A secret as the backend lists it. */
export function aSecret(changes: Partial<SecretView> = {}): SecretView {
  return {
    store: 'portal',
    path: 'local-postgres/user-service',
    version: 1,
    labels: { database: 'user_service', user: 'user_service' },
    createdAt: at(0),
    rotatedAt: at(0),
    rotateAfterDays: 90,
    dueAt: at(90 * 24 * 3600),
    due: false,
    ...changes,
  };
}

/** A line of the access log. */
export function anAccess(
  changes: Partial<SecretAccessEntry> = {},
): SecretAccessEntry {
  return {
    id: 1,
    at: at(0),
    action: 'read',
    outcome: 'granted',
    secret: 'secret:portal/local-postgres/user-service#password',
    version: 1,
    actor: 'agent:deployment',
    tool: 'process.deploy',
    workflowId: 'wf-1',
    taskId: 't5',
    purpose: 'for the environment of the process of user-service',
    ...changes,
  };
}

import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { AgenticApi } from './AgenticApi';
import { approvalCalls } from './approvalCalls';
import { auditCalls } from './auditCalls';
import { HttpCalls } from './HttpCalls';
import { incidentCalls } from './incidentCalls';
import { operationCalls } from './operationCalls';
import { workflowCalls } from './workflowCalls';

/** Talks to the agentic backend over HTTP as the signed-in user; one file per subject. */
export function createAgenticClient(options: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): AgenticApi {
  const http = new HttpCalls(options);
  return {
    ...workflowCalls(http),
    ...approvalCalls(http),
    ...operationCalls(http),
    ...incidentCalls(http),
    ...auditCalls(http),
  };
}

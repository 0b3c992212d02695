import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';

/** A request on a machine that has everything; says nothing unless told. */
export function aRequest(
  given: Partial<PlanningRequest> = {},
): PlanningRequest {
  return {
    parameters: {},
    requestedBy: 'user:default/ada',
    defaultOwner: 'group:default/team-a',
    environments: ['development', 'staging', 'production'],
    runtimes: [
      { id: 'nodejs', available: true, detail: '24.11.1' },
      { id: 'python', available: true, detail: '3.11.2' },
      { id: 'go', available: true, detail: '1.25.1' },
      { id: 'git', available: true, detail: '2.39.5' },
      { id: 'postgresql', available: true, detail: '18.4' },
    ],
    ...given,
  };
}

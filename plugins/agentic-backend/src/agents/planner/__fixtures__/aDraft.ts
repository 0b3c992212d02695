import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { hierarchicalStrategy } from '../strategies/hierarchicalStrategy';
import { aRequest } from './aRequest';

/** The first plan of a service with a database, before it is optimised. */
export function aDraft(): PlanDraft {
  const result = hierarchicalStrategy.createPlan(
    aRequest({
      template: 'rest-api-postgres',
      parameters: { serviceName: 'user-service' },
    }),
  );
  if (result.status === 'refused') throw new Error('no plan');
  return result.draft;
}

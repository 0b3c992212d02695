import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of `agentic:workflow:start`, shown on the scaffolder's page of installed actions. */
export const workflowStartExamples: TemplateExample[] = [
  {
    description: 'Start a workflow from the values of a form',
    example: stringify({
      steps: [
        {
          id: 'start',
          name: 'Plan the service and start its workflow',
          action: 'agentic:workflow:start',
          input: {
            template: 'microservice-with-db',
            parameters: {
              serviceName: 'user-service',
              owner: 'group:default/team-payments',
              language: 'nodejs',
              database: 'postgresql',
              environment: 'staging',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Start a workflow from a sentence',
    example: stringify({
      steps: [
        {
          id: 'start',
          name: 'Start the workflow',
          action: 'agentic:workflow:start',
          input: {
            description:
              'Create user-service with a REST API and PostgreSQL, deploy to staging',
          },
        },
      ],
    }),
  },
  {
    description: 'Wait until the workflow has finished or needs an approval',
    example: stringify({
      steps: [
        {
          id: 'start',
          name: 'Start the workflow and wait',
          action: 'agentic:workflow:start',
          input: {
            template: 'microservice-rest-api',
            parameters: { serviceName: 'price-service', language: 'nodejs' },
            wait: true,
          },
        },
      ],
    }),
  },
];

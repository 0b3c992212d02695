import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of `agentic:generate`, shown on the scaffolder's page of installed actions. */
export const generateExamples: TemplateExample[] = [
  {
    description: 'Generate a service into the workspace',
    example: stringify({
      steps: [
        {
          id: 'generate',
          name: 'Generate the service',
          action: 'agentic:generate',
          input: {
            template: 'microservice-with-db',
            parameters: {
              serviceName: 'user-service',
              owner: 'group:default/team-payments',
              language: 'nodejs',
              database: 'postgresql',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Generate only the infrastructure, into a folder of its own',
    example: stringify({
      steps: [
        {
          id: 'generate',
          name: 'Generate the infrastructure',
          action: 'agentic:generate',
          input: {
            template: 'microservice-with-db',
            parameters: {
              serviceName: 'user-service',
              language: 'nodejs',
              database: 'postgresql',
            },
            parts: ['infrastructure'],
            targetPath: './infrastructure',
            replace: true,
          },
        },
      ],
    }),
  },
];

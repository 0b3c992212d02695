import type { z } from 'zod/v3';

/**
 * The fields of a request as the scaffolder's schema language describes them. The API's own schema,
 * `WorkflowParameters`, has the last word; a test keeps the two lists of fields the same.
 */
export const parametersSchema = (zImpl: typeof z) =>
  zImpl
    .object({
      serviceName: zImpl
        .string()
        .describe('Name of the service, its repository and its entity'),
      description: zImpl.string().describe('What the service is for'),
      owner: zImpl.string().describe('Entity ref of the owning group or user'),
      language: zImpl.string().describe('For example nodejs'),
      pattern: zImpl.string().describe('For example rest-api'),
      database: zImpl.string().describe('For example postgresql, or none'),
      environment: zImpl.string().describe('Where to deploy, e.g. staging'),
      port: zImpl.number().int().describe('Port the service listens on'),
      highAvailability: zImpl
        .boolean()
        .describe('Whether it must survive the loss of one instance'),
      monthlyBudget: zImpl.number().describe('Most it may cost a month, USD'),
      cloudProvider: zImpl.string().describe('For example aws'),
    })
    .partial()
    .strict();

import { z } from 'zod';
import type { Checker } from '../FileCheck';
import { schemaViolations } from '../yaml/schemaViolations';
import { parseYamlSource } from '../yaml/YamlSource';

const SEMANTIC_VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

const Chart = z.looseObject({
  apiVersion: z.literal('v2'),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string().regex(SEMANTIC_VERSION),
  type: z.enum(['application', 'library']).optional(),
  appVersion: z.string().optional(),
  description: z.string().optional(),
  dependencies: z
    .array(
      z.looseObject({
        name: z.string(),
        version: z.string(),
        repository: z.string().optional(),
      }),
    )
    .optional(),
});

/** Checks the fields that Helm requires of a `Chart.yaml`. */
export const checkHelmChart: Checker = async ({ content }) => {
  const { documents, violations } = parseYamlSource(content, 'helm-chart');
  return {
    violations: [
      ...violations,
      ...documents.flatMap(document =>
        schemaViolations(document, Chart, 'helm-chart/schema'),
      ),
    ],
  };
};

import {
  createReadOnlyTool,
  type ReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { OWN_DATABASE_SECRETS } from '../localPostgres/DatabaseSecrets';
import type { LocalProcessTarget } from './LocalProcessTarget';
import { requireDeployment } from './requireDeployment';

const Params = z
  .object({
    deploymentId: z.string().min(1).max(200),
    lines: z.number().int().min(1).max(1000).default(100),
  })
  .strict();
/** Parameters of `process.logs`. */
export type ProcessLogsParams = z.infer<typeof Params>;

const Result = z.object({ lines: z.array(z.string()) });
/** Result of `process.logs`. */
export type ProcessLogsResult = z.infer<typeof Result>;

/** Answers the last lines of what a deployment printed, with the secrets it was given taken out. */
export function createProcessLogsTool(
  target: LocalProcessTarget,
): ReadOnlyTool<ProcessLogsParams, ProcessLogsResult> {
  return createReadOnlyTool<ProcessLogsParams, ProcessLogsResult>({
    id: 'process.logs',
    title: 'Read the log of a deployment',
    description:
      'The last lines that a deployment on this machine has printed, without the secrets it was given.',
    schema: Params,
    result: Result,
    secrets: [OWN_DATABASE_SECRETS],
    async read({ deploymentId, lines }, context) {
      const state = await requireDeployment(target, context, deploymentId);
      return { lines: await target.log(state, lines, context.secrets) };
    },
  });
}

import {
  createReadOnlyTool,
  type ReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { httpLook } from './httpLook';
import type { LocalProcessTarget } from './LocalProcessTarget';
import { requireDeployment } from './requireDeployment';

const Params = z.object({ deploymentId: z.string().min(1).max(200) }).strict();
/** Parameters of `http.probe`: a deployment, never an address. */
export type HttpProbeParams = z.infer<typeof Params>;

const Result = z.object({
  healthy: z.boolean(),
  ready: z.boolean(),
  statusCode: z.number().int().optional(),
  latencyMs: z.number().optional(),
  body: z.string(),
  evidence: z.string(),
});
/** Result of `http.probe`. */
export type HttpProbeResult = z.infer<typeof Result>;

/** Asks a deployment that is on record for its health and readiness. */
export function createHttpProbeTool(
  target: LocalProcessTarget,
): ReadOnlyTool<HttpProbeParams, HttpProbeResult> {
  return createReadOnlyTool<HttpProbeParams, HttpProbeResult>({
    id: 'http.probe',
    title: 'Probe a deployment',
    description:
      'Asks a deployment on this machine for its health and readiness over HTTP. Only deployments on record can be asked, only on the loopback interface.',
    schema: Params,
    result: Result,
    async read({ deploymentId }, context) {
      const state = await requireDeployment(target, context, deploymentId);
      const look = await target.look(state);
      const readiness =
        look.state === 'healthy'
          ? await httpLook(state.port, state.readinessPath).catch(
              () => undefined,
            )
          : undefined;
      return {
        healthy: look.state === 'healthy',
        ready: readiness?.statusCode === 200,
        statusCode: look.answer?.statusCode,
        latencyMs: look.answer?.latencyMs,
        body: look.answer?.body.slice(0, 2000) ?? '',
        evidence: look.evidence,
      };
    },
  });
}

import { z } from 'zod';
import { ServiceName } from '../disk/serviceName';

/** Parameters of `process.deploy`. */
export const ProcessDeployParams = z
  .object({
    serviceName: ServiceName,
    environment: ServiceName,
    artifactIds: z.array(z.string().min(1).max(200)).max(20),
    /** Left out: the head of the repository, if it holds exactly the files of the artifacts. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/, 'must be a full commit id of 40 hex digits')
      .optional(),
    /** Port of the service in a container; the local port is chosen and kept. */
    port: z.number().int().min(1).max(65535),
    database: z.boolean(),
    /** Language of the service; what has to be there is looked up before anything is done. Left out: Node.js. */
    language: z.string().min(1).max(40).optional(),
  })
  .strict();
export type ProcessDeployParams = z.infer<typeof ProcessDeployParams>;

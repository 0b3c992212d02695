import { z } from 'zod';

/** One service as the agentic backend lists it. Its entities are judged one by one, later. */
export const ServiceRecord = z.object({
  serviceName: z.string().min(1),
  workflowId: z.string().min(1),
  repositoryUrl: z.string().optional(),
  commit: z.string().optional(),
  entities: z.array(z.unknown()),
});
export type ServiceRecord = z.infer<typeof ServiceRecord>;

/** Answer of `GET /catalog-entities`. */
export const ServiceList = z.object({ items: z.array(ServiceRecord) });
export type ServiceList = z.infer<typeof ServiceList>;

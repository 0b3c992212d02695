import type { Gate } from '../runtime/guard/Gate';
import type { Registry } from '../runtime/Registry';
import type { Replicas } from './Replicas';

/** Why nothing may be kept on the machine of the portal, or `undefined` when it may. */
export async function reasonAgainstLocalTarget(
  replicas: Pick<Replicas, 'count'>,
): Promise<string | undefined> {
  if (process.env.NODE_ENV === 'production') {
    return 'The local target keeps repositories, databases and services on the machine of the portal, which is for development only, and NODE_ENV is production; configure a Git host and a deployment target';
  }
  const count = await replicas.count();
  return count > 1
    ? `The local target keeps repositories, databases and services on one machine, and ${count} replicas of the portal share this database; run one replica, or configure a Git host and a deployment target`
    : undefined;
}

/** Tools that keep what they make on the machine of the portal act only where there is one machine, for development. */
export function createLocalTargetGate(options: {
  registry: Pick<Registry, 'tool'>;
  replicas: Pick<Replicas, 'count'>;
}): Gate {
  return {
    id: 'local_target',
    stages: ['propose', 'execute'],
    refuse: async ({ toolId }) =>
      options.registry.tool(toolId).localOnly
        ? reasonAgainstLocalTarget(options.replicas)
        : undefined,
  };
}

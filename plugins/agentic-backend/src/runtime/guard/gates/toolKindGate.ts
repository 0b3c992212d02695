import type { Registry } from '../../Registry';
import type { Gate } from '../Gate';

/** A tool that changes the world is never called as a read, and one that only reads never as an effect. */
export function toolKindGate(registry: Pick<Registry, 'tool'>): Gate {
  return {
    id: 'tool_kind',
    stages: ['read', 'propose', 'execute', 'undo'],
    async refuse({ stage, toolId }) {
      const changes = registry.tool(toolId).lane === 'execute';
      if (stage === 'read') {
        return changes
          ? `Tool '${toolId}' changes the world and cannot be called as a read; propose it as an effect`
          : undefined;
      }
      return changes
        ? undefined
        : `Tool '${toolId}' only reads; call it with tools.read instead of proposing it as an effect`;
    },
  };
}

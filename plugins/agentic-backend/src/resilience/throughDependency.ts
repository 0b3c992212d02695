import type {
  EffectTool,
  ReadOnlyTool,
  Tool,
} from '@agentic-backstage/plugin-agentic-node';
import type { Dependency } from './Dependency';

/**
 * The same tool with every look made through its dependency. `execute` and `rollback` are left as
 * they are: the guard makes them itself, since they have to be on record before they begin.
 */
export function throughDependency(
  tool: ReadOnlyTool,
  dependency: Dependency,
): ReadOnlyTool;
export function throughDependency(
  tool: EffectTool,
  dependency: Dependency,
): EffectTool;
export function throughDependency(tool: Tool, dependency: Dependency): Tool {
  if (tool.lane === 'read_only') {
    return {
      ...tool,
      read: (params, context) =>
        dependency.look(
          signal => tool.read(params, { ...context, signal }),
          context.signal,
        ),
    };
  }
  return {
    ...tool,
    validate: (params, context) =>
      dependency.look(
        signal => tool.validate(params, { ...context, signal }),
        context.signal,
      ),
    dryRun: (params, context) =>
      dependency.look(
        signal => tool.dryRun(params, { ...context, signal }),
        context.signal,
      ),
    readBack: (params, result, context) =>
      dependency.look(
        signal => tool.readBack(params, result, { ...context, signal }),
        context.signal,
      ),
  };
}

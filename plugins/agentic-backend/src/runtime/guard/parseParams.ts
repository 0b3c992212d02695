import type { EffectTool } from '@agentic-backstage/plugin-agentic-node';
import { TaskFailure } from '../TaskFailure';

/** Reads parameters by the tool's schema. Throws a final `TaskFailure` naming each wrong field. */
export function parseParams(
  tool: Pick<EffectTool, 'id' | 'schema'>,
  params: unknown,
): Record<string, unknown> {
  const parsed = tool.schema.safeParse(params);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .map(issue => `${issue.path.join('.') || 'parameters'}: ${issue.message}`)
      .join('; ');
    throw new TaskFailure(`Wrong parameters for tool '${tool.id}': ${issues}`, {
      retryable: false,
    });
  }
  return parsed.data as Record<string, unknown>;
}

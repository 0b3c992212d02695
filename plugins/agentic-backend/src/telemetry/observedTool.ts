import type {
  EffectTool,
  ReadOnlyTool,
  Tool,
} from '@agentic-backstage/plugin-agentic-node';
import { SpanKind } from '@opentelemetry/api';
import { inSpan } from './inSpan';
import { metrics } from './Metrics';
import { timed } from './timed';

/** The same tool with every call of it as a span, and its duration measured. */
export function observedTool(tool: Tool): Tool {
  const observed = <T>(
    operation: string,
    work: () => Promise<T>,
    effectId?: string,
  ): Promise<T> =>
    inSpan(
      `${operation} ${tool.id}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'agentic.tool.id': tool.id,
          'agentic.tool.operation': operation,
          ...(effectId && { 'agentic.effect.id': effectId }),
        },
      },
      () =>
        timed(work, (seconds, error) =>
          metrics.measure('toolDuration', seconds, {
            tool: tool.id,
            operation,
            outcome: error === undefined ? 'done' : 'failed',
          }),
        ),
    );
  if (tool.lane === 'read_only') {
    return Object.freeze<ReadOnlyTool>({
      ...tool,
      read: (params, context) =>
        observed('read', () => tool.read(params, context)),
    });
  }
  return Object.freeze<EffectTool>({
    ...tool,
    validate: (params, context) =>
      observed('validate', () => tool.validate(params, context)),
    dryRun: (params, context) =>
      observed('dry_run', () => tool.dryRun(params, context)),
    execute: (params, context) =>
      observed(
        'execute',
        () => tool.execute(params, context),
        context.effectId,
      ),
    readBack: (params, result, context) =>
      observed('read_back', () => tool.readBack(params, result, context)),
    rollback: (params, result, context) =>
      observed(
        'roll_back',
        () => tool.rollback(params, result, context),
        context.effectId,
      ),
  });
}

import type {
  EffectTool,
  ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import { TaskFailure } from '../TaskFailure';

/** Asks the tool whether the parameters can work here. Throws a final `TaskFailure` with every problem and its remedy. */
export async function refuseProblems(
  tool: EffectTool,
  params: unknown,
  context: ToolContext,
): Promise<void> {
  const problems = await tool.validate(params, context);
  if (problems.length > 0) {
    const text = problems
      .map(({ message, remedy }) => `${tool.id}: ${message} ${remedy}`)
      .join('; ');
    throw new TaskFailure(text, { retryable: false });
  }
}

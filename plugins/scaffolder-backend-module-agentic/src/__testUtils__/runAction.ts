import { mockServices } from '@backstage/backend-test-utils';
import type {
  ActionContext,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { validate } from 'jsonschema';

/** Freezes all the way down and takes the prototypes away, as the scaffolder does with inputs. */
function asScaffolderInput<T>(value: T): T {
  if (Array.isArray(value)) {
    return Object.freeze(value.map(asScaffolderInput)) as T;
  }
  if (typeof value === 'object' && value !== null) {
    const bare = Object.create(null);
    for (const [key, inner] of Object.entries(value)) {
      bare[key] = asScaffolderInput(inner);
    }
    return Object.freeze(bare);
  }
  return value;
}

/**
 * Runs an action the way the scaffolder does: the input passes the declared schema and arrives frozen,
 * outputs must pass theirs. Answers the outputs and the log.
 */
export async function runAction<
  TInput extends JsonObject,
  TOutput extends JsonObject,
>(
  action: TemplateAction<TInput, TOutput>,
  input: NoInfer<TInput>,
  options: Partial<ActionContext<NoInfer<TInput>, NoInfer<TOutput>>> = {},
) {
  const refused = validate(input, action.schema?.input ?? {}).errors;
  if (refused.length) {
    throw new Error(`The schema refuses the input: ${refused.join(', ')}`);
  }
  const output: Record<string, unknown> = {};
  const log: string[] = [];
  const write = (message: string) => log.push(message);
  await action.handler({
    ...createMockActionContext<TInput, TOutput>({
      ...(options.workspacePath && { workspacePath: options.workspacePath }),
    }),
    logger: mockServices.logger.mock({ info: write, warn: write }),
    output: (name, value) => {
      output[String(name)] = value;
    },
    input: asScaffolderInput(input),
    ...options,
  });
  const wrong = validate(output, action.schema?.output ?? {}).errors;
  if (wrong.length) {
    throw new Error(`The schema refuses the output: ${wrong.join(', ')}`);
  }
  return { output, log };
}

import type {
  EffectTool,
  ReadBackOutcome,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 3;
const PAUSE_MS = 1000;

/** Looks at the world after a call, up to three times a second apart: some things take a moment to show. */
export async function readBackPatiently(
  tool: EffectTool,
  params: unknown,
  result: unknown,
  context: ToolExecutionContext,
  pauseMs: number = PAUSE_MS,
): Promise<ReadBackOutcome<unknown>> {
  let seen = await tool.readBack(params, result, context);
  for (
    let attempt = 1;
    seen.state !== 'confirmed' && attempt < ATTEMPTS;
    attempt++
  ) {
    await sleep(pauseMs, undefined, { signal: context.signal });
    seen = await tool.readBack(params, result, context);
  }
  return seen;
}

import type {
  SecretAccess,
  ToolExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { StoredEffect } from '../../database/EffectStore';
import type { CallContext } from './Gate';

/** What a tool is handed that changes the world: the id of the effect is its idempotency key. */
export function executionOf(
  { effectId }: StoredEffect,
  context: CallContext,
  secrets: SecretAccess,
): ToolExecutionContext {
  return { ...context, secrets, idempotencyKey: effectId, effectId };
}

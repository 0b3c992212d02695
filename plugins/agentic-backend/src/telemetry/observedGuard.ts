import type { GuardCalls } from '../runtime/guard/GuardCalls';
import { inSpan } from './inSpan';

/** The same guard with every call as a span, under which the tool's own stand. */
export function observedGuard(guard: GuardCalls): GuardCalls {
  const observed = <C extends CallOf, T>(
    stage: string,
    call: C,
    more: Readonly<Record<string, string>>,
    work: () => Promise<T>,
  ): Promise<T> =>
    inSpan(
      `agentic.guard.${stage}`,
      {
        attributes: {
          'agentic.agent.id': call.agent.id,
          'agentic.workflow.id': call.workflow.id,
          ...more,
        },
      },
      work,
    );
  return {
    paramsDigest: proposal => guard.paramsDigest(proposal),
    read: call =>
      observed('read', call, { 'agentic.tool.id': call.toolId }, () =>
        guard.read(call),
      ),
    propose: call =>
      observed('propose', call, { 'agentic.tool.id': call.proposal.tool }, () =>
        guard.propose(call),
      ),
    apply: call =>
      observed('execute', call, { 'agentic.effect.key': call.key }, () =>
        guard.apply(call),
      ),
    undo: call =>
      observed('undo', call, { 'agentic.effect.id': call.effectId }, () =>
        guard.undo(call),
      ),
  };
}

interface CallOf {
  readonly agent: { readonly id: string };
  readonly workflow: { readonly id: string };
}

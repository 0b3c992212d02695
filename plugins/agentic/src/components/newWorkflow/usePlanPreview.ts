import {
  planDifference,
  planDiffers,
  type Plan,
  type PlanDifference,
  type Problem,
  type Question,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useRef, useState } from 'react';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { agenticApiRef, type WorkflowRequest } from '../../api/AgenticApi';

/** Where a preview stands. `questions` and `problems` come from a refusal that names them. */
export interface PreviewState {
  readonly busy: boolean;
  /** The last plan that could be made; it stays on the screen while the next one is. */
  readonly plan?: Plan;
  /** The request that plan was made from, as long as nothing has been changed since: only then it may be started. */
  readonly request?: WorkflowRequest;
  /** What the last change did to the plan. */
  readonly difference?: PlanDifference;
  readonly questions: readonly Question[];
  readonly problems: readonly Problem[];
  readonly error?: Error;
}

const NO_OBSTACLES = {
  questions: [],
  problems: [],
  error: undefined,
} as const;

/** Puts a plan on the screen in place of another one, with what is not the same. */
function showing(
  before: PreviewState,
  plan: Plan,
  request: WorkflowRequest,
): PreviewState {
  const difference = before.plan && planDifference(before.plan, plan);
  return {
    ...NO_OBSTACLES,
    busy: false,
    plan,
    request,
    // A change that led back to the same plan says so, once.
    difference:
      before.plan && (before.request === undefined || planDiffers(difference!))
        ? difference
        : undefined,
  };
}

/** Plans without starting anything; only the answer to the latest request counts. */
export function usePlanPreview() {
  const api = useApi(agenticApiRef);
  const [state, setState] = useState<PreviewState>({
    ...NO_OBSTACLES,
    busy: false,
  });
  const latest = useRef(0);

  const preview = useCallback(
    async (request: WorkflowRequest) => {
      latest.current += 1;
      const mine = latest.current;
      setState(before => ({ ...before, busy: true, error: undefined }));
      let settle: (before: PreviewState) => PreviewState;
      try {
        const { plan } = await api.previewWorkflow(request);
        settle = before => showing(before, plan, request);
      } catch (error) {
        const refused =
          error instanceof AgenticRequestError ? error : undefined;
        settle = before => ({
          busy: false,
          plan: before.plan,
          questions: refused?.questions ?? [],
          problems: refused?.problems ?? [],
          error: error as Error,
        });
      }
      if (mine === latest.current) {
        setState(settle);
      }
    },
    [api],
  );

  /** Something was changed: what is shown may not be started any more. */
  const outdate = useCallback(() => {
    latest.current += 1;
    setState(before => ({ ...before, busy: false, request: undefined }));
  }, []);

  /** The backend says that the plan is another one by now. */
  const replace = useCallback((plan: Plan, request: WorkflowRequest) => {
    setState(before => showing(before, plan, request));
  }, []);

  return { ...state, preview, outdate, replace };
}

import type {
  Plan,
  Problem,
  Question,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useRef, useState } from 'react';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { agenticApiRef, type WorkflowRequest } from '../../api/AgenticApi';

/** Where a preview stands. `questions` and `problems` come from a refusal that names them. */
export interface PreviewState {
  readonly busy: boolean;
  readonly plan?: Plan;
  /** The request the plan was made from: starting sends exactly this. */
  readonly request?: WorkflowRequest;
  readonly questions: readonly Question[];
  readonly problems: readonly Problem[];
  readonly error?: Error;
}

const NOTHING: PreviewState = { busy: false, questions: [], problems: [] };

/** Plans without starting anything; only the answer to the latest request counts. */
export function usePlanPreview() {
  const api = useApi(agenticApiRef);
  const [state, setState] = useState<PreviewState>(NOTHING);
  const latest = useRef(0);

  const preview = useCallback(
    async (request: WorkflowRequest) => {
      latest.current += 1;
      const mine = latest.current;
      setState(previous => ({ ...previous, busy: true, error: undefined }));
      let next: PreviewState;
      try {
        const { plan } = await api.previewWorkflow(request);
        next = { ...NOTHING, plan, request };
      } catch (error) {
        next =
          error instanceof AgenticRequestError
            ? {
                ...NOTHING,
                questions: error.questions,
                problems: error.problems,
                error,
              }
            : { ...NOTHING, error: error as Error };
      }
      if (mine === latest.current) {
        setState(next);
      }
    },
    [api],
  );

  const discard = useCallback(() => {
    latest.current += 1;
    setState(NOTHING);
  }, []);

  return { ...state, preview, discard };
}

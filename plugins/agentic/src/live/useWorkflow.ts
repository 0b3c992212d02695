import { AGENTIC_SIGNAL_CHANNEL } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { agenticApiRef } from '../api/AgenticApi';
import {
  NOTHING_KNOWN,
  WorkflowFollower,
  type FollowedWorkflow,
} from './WorkflowFollower';

/** A followed workflow with a way to read it again at once, for after an action of the user. */
export interface LiveWorkflow extends FollowedWorkflow {
  readonly refresh: () => void;
}

type WorkflowSignal = { workflowId: string; seq: number };

/** Follows one workflow as long as the component is shown. */
export function useWorkflow(workflowId: string): LiveWorkflow {
  const api = useApi(agenticApiRef);
  const [known, setKnown] = useState<FollowedWorkflow>(NOTHING_KNOWN);
  const follower = useRef<WorkflowFollower>();

  useEffect(() => {
    const current = new WorkflowFollower({
      api,
      workflowId,
      onChange: setKnown,
    });
    follower.current = current;
    setKnown(NOTHING_KNOWN);
    void current.start();
    return () => current.stop();
  }, [api, workflowId]);

  const { lastSignal } = useSignal<WorkflowSignal>(AGENTIC_SIGNAL_CHANNEL);
  useEffect(() => {
    if (lastSignal?.workflowId === workflowId) {
      follower.current?.wake();
    }
  }, [lastSignal, workflowId]);

  useEffect(() => {
    const wakeWhenVisible = () => {
      if (document.visibilityState === 'visible') {
        follower.current?.wake();
      }
    };
    document.addEventListener('visibilitychange', wakeWhenVisible);
    return () =>
      document.removeEventListener('visibilitychange', wakeWhenVisible);
  }, []);

  const refresh = useCallback(() => follower.current?.wake(), []);
  return { ...known, refresh };
}

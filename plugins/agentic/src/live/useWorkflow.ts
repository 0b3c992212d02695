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

  // A signal says that some workflow has moved, not which. A live stream knows better.
  const { lastSignal } = useSignal(AGENTIC_SIGNAL_CHANNEL);
  const live = useRef(false);
  live.current = known.connection === 'live';
  useEffect(() => {
    if (lastSignal && !live.current) {
      follower.current?.wake();
    }
  }, [lastSignal]);

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

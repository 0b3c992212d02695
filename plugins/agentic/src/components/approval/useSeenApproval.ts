import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, type RefObject } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';

/** A part counts as seen when it was on the screen of a visible page for this long. */
const LOOK_MS = 1_000;

/** Calls once when the element has been on the screen for a moment. A browser that cannot tell never calls. */
function whenLookedAt(element: Element, onSeen: () => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    return () => undefined;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver(entries => {
    const visible = entries.some(({ isIntersecting }) => isIntersecting);
    clearTimeout(timer);
    if (visible) {
      timer = setTimeout(() => {
        if (document.visibilityState === 'visible') {
          observer.disconnect();
          onSeen();
        }
      }, LOOK_MS);
    }
  });
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/**
 * Tells the backend when this person has first had an open approval on the screen, and when its
 * details. Nothing waits for it, and a failure is not shown: it must never be in the way of deciding.
 */
export function useSeenApproval(
  approval: Pick<Approval, 'approvalId' | 'status'>,
): {
  readonly panel: RefObject<HTMLDivElement>;
  readonly details: RefObject<HTMLDivElement>;
} {
  const api = useApi(agenticApiRef);
  const panel = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLDivElement>(null);
  const { approvalId, status } = approval;

  useEffect(() => {
    if (status !== 'open') {
      return undefined;
    }
    const tell = (withDetails: boolean) => () => {
      api.seeApproval(approvalId, withDetails).catch(() => undefined);
    };
    const stops = [
      panel.current && whenLookedAt(panel.current, tell(false)),
      details.current && whenLookedAt(details.current, tell(true)),
    ];
    return () => stops.forEach(stop => stop?.());
  }, [api, approvalId, status]);

  return { panel, details };
}

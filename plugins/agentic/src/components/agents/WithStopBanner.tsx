import type { ReactNode } from 'react';
import { StopBanner } from './StopBanner';

/** A page of ours below the banner that says when agents are stopped. */
export function WithStopBanner(props: { children: ReactNode }) {
  return (
    <>
      <StopBanner />
      {props.children}
    </>
  );
}

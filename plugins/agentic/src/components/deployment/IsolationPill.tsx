import { StatusPill } from '../status/StatusPill';

/** Warns when a deployment runs without walls around it; shows nothing otherwise. */
export function IsolationPill(props: { isolation: string }) {
  return props.isolation.includes('not isolated') ? (
    <StatusPill tone="warning">not isolated</StatusPill>
  ) : null;
}

import { useEffect } from 'react';

/** Hands a failed attempt back to the page, which then shows the people again with the reason. */
export function FailedSignIn(props: { onFailed: () => void }) {
  const { onFailed } = props;
  useEffect(onFailed, [onFailed]);
  return null;
}

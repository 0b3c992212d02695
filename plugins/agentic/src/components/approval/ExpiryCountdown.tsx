import { formatDuration } from '@agentic-backstage/plugin-agentic-common';
import { useNow } from '../../live/useNow';
import { TimeText } from '../status/TimeText';

/** When something runs out, and how long that is from now. */
export function ExpiryCountdown(props: { expiresAt: string }) {
  const now = useNow(true, 30_000);
  const seconds = Math.floor((Date.parse(props.expiresAt) - now) / 1000);
  const minutes = Math.floor(seconds / 60) * 60;
  return (
    <>
      <TimeText value={props.expiresAt} />
      {seconds <= 0
        ? ' (over)'
        : ` (in ${formatDuration(seconds < 120 ? seconds : minutes)})`}
    </>
  );
}

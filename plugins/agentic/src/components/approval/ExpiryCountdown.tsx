import { formatDuration } from '@agentic-backstage/plugin-agentic-common';
import { useNow } from '../../live/useNow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { TimeText } from '../status/TimeText';

/** When something runs out, and how long that is from now. */
export function ExpiryCountdown(props: { expiresAt: string }) {
  const { t } = useAgenticTranslation();
  const now = useNow(true, 30_000);
  const seconds = Math.floor((Date.parse(props.expiresAt) - now) / 1000);
  const minutes = Math.floor(seconds / 60) * 60;
  const time = <TimeText value={props.expiresAt} />;
  return seconds <= 0
    ? t('approvals.expiry.over', { time })
    : t('approvals.expiry.in', {
        time,
        duration: formatDuration(seconds < 120 ? seconds : minutes),
      });
}

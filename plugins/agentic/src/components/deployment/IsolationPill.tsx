import { StatusPill } from '../status/StatusPill';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** Warns when a deployment runs without walls around it; shows nothing otherwise. */
export function IsolationPill(props: { isolation: string }) {
  const { t } = useAgenticTranslation();
  return props.isolation.includes('not isolated') ? (
    <StatusPill tone="warning">{t('service.notIsolated')}</StatusPill>
  ) : null;
}

import { StatusPill } from './StatusPill';
import type { Wording } from './wording';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** A state shown with its agreed word and tone; a state this version does not know is shown as it is. */
export function WordedPill<T extends string>(props: {
  wordings: Readonly<Record<T, Wording>>;
  state: T;
}) {
  const { t } = useAgenticTranslation();
  const wording: Wording | undefined = props.wordings[props.state];
  return (
    <StatusPill tone={wording?.tone ?? 'unknown'}>
      {wording ? t(wording.label) : props.state}
    </StatusPill>
  );
}

import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ReasonDialog } from '../states/ReasonDialog';

/** What is to be stopped or released; all agents when none is named. */
export interface StopOrder {
  readonly agent?: string;
  readonly release: boolean;
}

/** Asks for the reason, and stops or releases. */
export function StopDialog(props: {
  order: StopOrder;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { agent, release } = props.order;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const who = agent ?? t('agents.everyAgent');

  const carryOut = async (reason: string) => {
    if (release) {
      await api.releaseAgents({ agent, reason });
    } else {
      await api.stopAgents({ agent, reason });
    }
    toastApi.post({
      title: t(release ? 'agents.released' : 'agents.stoppedWho', { who }),
      status: release ? 'info' : 'warning',
      timeout: 4000,
    });
    props.onDone();
  };

  return (
    <ReasonDialog
      title={t(release ? 'agents.askRelease' : 'agents.askStop', { who })}
      explanation={release ? t('agents.releaseHint') : t('agents.stopHint')}
      confirmLabel={release ? t('agents.release') : t('agents.stop')}
      destructive={!release}
      reasonRequired
      onConfirm={carryOut}
      onClose={props.onClose}
    />
  );
}

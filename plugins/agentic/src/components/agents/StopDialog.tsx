import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { agenticApiRef } from '../../api/AgenticApi';
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
  const { agent, release } = props.order;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const who = agent ?? 'all agents';

  const carryOut = async (reason: string) => {
    if (release) {
      await api.releaseAgents({ agent, reason });
    } else {
      await api.stopAgents({ agent, reason });
    }
    toastApi.post({
      title: `${release ? 'Released' : 'Stopped'} ${who}`,
      status: release ? 'info' : 'warning',
      timeout: 4000,
    });
    props.onDone();
  };

  return (
    <ReasonDialog
      title={release ? `Release ${who}?` : `Stop ${who}?`}
      explanation={
        release
          ? 'Held work goes on where it was. What was under way is looked at before anything is done again.'
          : 'Running work is told to end at once and waits; nothing new is started and nothing is undone. It goes on after a release. Your name and reason are on record and shown to everybody.'
      }
      confirmLabel={release ? 'Release' : 'Stop'}
      destructive={!release}
      reasonRequired
      onConfirm={carryOut}
      onClose={props.onClose}
    />
  );
}

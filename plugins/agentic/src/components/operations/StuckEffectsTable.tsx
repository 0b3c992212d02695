import type { StuckEffect } from '@agentic-backstage/plugin-agentic-common';
import {
  toastApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ReasonDialog } from '../states/ReasonDialog';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { Section } from '../status/Section';

/** What could not be undone: no sweep touches it, a person tries again. */
export function StuckEffectsTable(props: {
  effects: readonly StuckEffect[];
  onUndone: () => void;
}) {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const workflowLink = useRouteRef(workflowRouteRef);
  const [asking, setAsking] = useState<StuckEffect>();

  const undo = async (effect: StuckEffect, reason: string) => {
    const { undone, evidence } = await api.undoEffect(
      effect.workflowId,
      effect.effectId,
      reason,
    );
    if (!undone) {
      throw new Error(t('operations.stuck.failed', { evidence }));
    }
    toastApi.post({
      title: t('operations.stuck.undone', { evidence }),
      status: 'success',
    });
    props.onUndone();
  };

  return (
    <Section title={t('operations.stuck.title')}>
      <DataTable
        label={t('operations.stuck.label')}
        columns={[
          t('common.service'),
          t('common.what'),
          t('operations.stuck.seen'),
          t('common.tryAgain'),
        ]}
      >
        {props.effects.map(effect => (
          <TableRow key={effect.effectId}>
            <TableCell>
              <LinkOrText
                to={workflowLink?.({ workflowId: effect.workflowId })}
              >
                {t('operations.stuck.service', {
                  service: effect.serviceName,
                  environment: effect.environment,
                })}
              </LinkOrText>
            </TableCell>
            <TableCell>{effect.tool}</TableCell>
            <TableCell>{effect.evidence}</TableCell>
            <TableCell>
              <Button
                size="small"
                variant="outlined"
                aria-label={t('operations.stuck.undoOf', {
                  tool: effect.tool,
                  service: effect.serviceName,
                })}
                onClick={() => setAsking(effect)}
              >
                {t('operations.stuck.undo')}
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </DataTable>
      {asking && (
        <ReasonDialog
          title={t('operations.stuck.ask', {
            tool: asking.tool,
            service: asking.serviceName,
          })}
          explanation={t('operations.stuck.hint')}
          confirmLabel={t('operations.stuck.undo')}
          destructive
          onConfirm={reason => undo(asking, reason)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}

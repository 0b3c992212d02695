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
import { ReasonDialog } from '../states/ReasonDialog';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { Section } from '../status/Section';

/** What could not be undone: no sweep touches it, a person tries again. */
export function StuckEffectsTable(props: {
  effects: readonly StuckEffect[];
  onUndone: () => void;
}) {
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
      throw new Error(`It could not be undone: ${evidence}`);
    }
    toastApi.post({ title: `Undone: ${evidence}`, status: 'success' });
    props.onUndone();
  };

  return (
    <Section title="Could not be undone">
      <DataTable
        label="What could not be undone"
        columns={['Service', 'What', 'What was seen', 'Try again']}
      >
        {props.effects.map(effect => (
          <TableRow key={effect.effectId}>
            <TableCell>
              <LinkOrText
                to={workflowLink?.({ workflowId: effect.workflowId })}
              >
                {effect.serviceName} ({effect.environment})
              </LinkOrText>
            </TableCell>
            <TableCell>{effect.tool}</TableCell>
            <TableCell>{effect.evidence}</TableCell>
            <TableCell>
              <Button
                size="small"
                variant="outlined"
                aria-label={`Undo ${effect.tool} of ${effect.serviceName} again`}
                onClick={() => setAsking(effect)}
              >
                Undo again
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </DataTable>
      {asking && (
        <ReasonDialog
          title={`Undo ${asking.tool} of ${asking.serviceName} again?`}
          explanation="The tool tries once more, and looks at the world afterwards. This is put on record."
          confirmLabel="Undo again"
          destructive
          onConfirm={reason => undo(asking, reason)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}

import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import {
  TERMINAL_PHASES,
  formatDuration,
} from '@agentic-backstage/plugin-agentic-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useNow } from '../../live/useNow';
import type { Connection } from '../../live/WorkflowFollower';
import { entityRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { AddressText } from '../status/AddressText';
import { HashText } from '../status/HashText';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { PHASES } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

function Fact(props: { term: string; children: ReactNode }) {
  return (
    <Box>
      <Typography variant="body2" color="text.secondary" component="dt">
        {props.term}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        {props.children}
      </Box>
    </Box>
  );
}

function elapsed(workflow: Workflow, now: number): string {
  if (workflow.duration) {
    return workflow.duration;
  }
  return formatDuration((now - Date.parse(workflow.createdAt)) / 1000);
}

/** Who asked for what, how far it is, and whether the page is live. */
export function WorkflowHeader(props: {
  workflow: Workflow;
  connection: Connection;
  actions: ReactNode;
}) {
  const { t } = useAgenticTranslation();
  const { workflow } = props;
  const active = !TERMINAL_PHASES.includes(workflow.phase);
  const now = useNow(active);
  const entityLink = useRouteRef(entityRouteRef);
  // Before it is registered there is nothing at the end of the link.
  const registered = workflow.effects.some(
    effect =>
      effect.tool === 'catalog.register' && effect.status === 'confirmed',
  );
  const entityTo =
    registered && workflow.entityRef
      ? entityLink?.(parseEntityRef(workflow.entityRef))
      : undefined;
  return (
    <Box sx={{ mb: 2 }}>
      <Stack
        direction={{ xs: 'column', md: 'row' }}
        justifyContent="space-between"
        spacing={1}
      >
        <Stack
          direction="row"
          alignItems="center"
          spacing={1.5}
          useFlexGap
          flexWrap="wrap"
        >
          <Typography component="h2" variant="h4" sx={{ m: 0 }}>
            <LinkOrText to={entityTo}>{workflow.serviceName}</LinkOrText>
          </Typography>
          <span role="status" aria-label={t('workflow.status')}>
            <WordedPill wordings={PHASES} state={workflow.phase} />
          </span>
          <Typography variant="body2" color="text.secondary">
            {props.connection !== 'ended' &&
              t(`workflow.connection.${props.connection}`)}
          </Typography>
        </Stack>
        {props.actions}
      </Stack>
      {workflow.description && (
        <Typography sx={{ mt: 1 }}>{workflow.description}</Typography>
      )}
      {workflow.changeReason && (
        <Typography sx={{ mt: 1 }}>
          {t('workflow.changeReason', { reason: workflow.changeReason })}
        </Typography>
      )}
      <Stack
        component="dl"
        direction="row"
        useFlexGap
        flexWrap="wrap"
        sx={{ m: 0, mt: 1.5, columnGap: 4, rowGap: 1 }}
      >
        <Fact term={t('common.requestedBy')}>
          <PersonName entityRef={workflow.requestedBy} />
        </Fact>
        <Fact term={t('common.environment')}>{workflow.environment}</Fact>
        <Fact term={t('common.template')}>{workflow.template}</Fact>
        <Fact term={t('common.tasks')}>
          {t('workflow.tasksDone', {
            done: workflow.tasksCompleted,
            total: workflow.tasksTotal,
          })}
        </Fact>
        <Fact
          term={active ? t('workflow.runningFor') : t('workflow.task.took')}
        >
          {elapsed(workflow, now)}
        </Fact>
        {workflow.traceId && (
          <Fact term={t('workflow.trace')}>
            <HashText value={workflow.traceId} />
          </Fact>
        )}
        {workflow.repositoryUrl && (
          <Fact term={t('common.repository')}>
            <AddressText value={workflow.repositoryUrl} />
          </Fact>
        )}
      </Stack>
    </Box>
  );
}

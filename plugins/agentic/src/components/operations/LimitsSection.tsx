import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { workflowRouteRef } from '../../routes';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { useShortened } from '../states/useShortened';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { LIMIT_STATES, limitName, usedOf, usedPercent } from './limitWords';

const FIRST = 20;
const NONE: readonly LimitUse[] = [];

function Subject(props: { use: LimitUse }) {
  const { scope, subject } = props.use;
  const workflowLink = useRouteRef(workflowRouteRef);
  if (scope === 'overall') return <>Everybody</>;
  if (scope === 'run') {
    return (
      <LinkOrText to={workflowLink?.({ workflowId: subject })}>
        {subject}
      </LinkOrText>
    );
  }
  return <PersonName entityRef={subject} />;
}

function UsedBar(props: { use: LimitUse; currency: string }) {
  const { use, currency } = props;
  const percent = usedPercent(use);
  const text = usedOf(use, currency);
  return (
    <Box sx={{ minWidth: '10rem' }}>
      {text}
      {percent !== undefined && (
        <LinearProgress
          aria-label={`${limitName(use)} of ${use.subject}: ${text}`}
          variant="determinate"
          value={percent}
          color={use.state === 'ok' ? 'primary' : 'warning'}
        />
      )}
    </Box>
  );
}

/** What is allowed and what is used: of the reader, of their teams, and of the runs they may see. */
export function LimitsSection() {
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getLimits(), [api]);
  const { value, error, loading, reload } = useLoaded(load);
  const { shown, more } = useShortened(value?.items ?? NONE, {
    first: FIRST,
    noun: 'limits',
  });

  return (
    <Section title="Limits and budgets">
      {loading && <LinearProgress aria-label="Loading limits" />}
      {error && !value && (
        <LoadFailure error={error} what="the limits" onRetry={reload} />
      )}
      {error && value && (
        <Alert severity="warning">
          These figures may be out of date: {error.message}
        </Alert>
      )}
      {value?.items.length === 0 && <Notice>No limits are set.</Notice>}
      {value && value.items.length > 0 && (
        <DataTable
          label="Limits and what is used of them"
          columns={['Whose', 'What', 'Used', 'State', 'Begins anew']}
        >
          {shown.map(use => (
            <TableRow
              key={`${use.scope} ${use.subject} ${use.measure} ${use.period}`}
            >
              <TableCell>
                <Subject use={use} />
              </TableCell>
              <TableCell>{limitName(use)}</TableCell>
              <TableCell>
                <UsedBar use={use} currency={value.currency} />
              </TableCell>
              <TableCell>
                <WordedPill wordings={LIMIT_STATES} state={use.state} />
              </TableCell>
              <TableCell>
                {use.freesAt ? <TimeText value={use.freesAt} /> : '–'}
              </TableCell>
            </TableRow>
          ))}
        </DataTable>
      )}
      {more}
    </Section>
  );
}

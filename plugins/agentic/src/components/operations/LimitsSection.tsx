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
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
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
  const { t } = useAgenticTranslation();
  const { scope, subject } = props.use;
  const workflowLink = useRouteRef(workflowRouteRef);
  if (scope === 'overall') return <>{t('operations.everybody')}</>;
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
  const { t } = useAgenticTranslation();
  const { use, currency } = props;
  const percent = usedPercent(use);
  const text = usedOf(use, currency, t);
  return (
    <Box sx={{ minWidth: '10rem' }}>
      {text}
      {percent !== undefined && (
        <LinearProgress
          aria-label={t('operations.usedLabel', {
            limit: limitName(use, t),
            subject: use.subject,
            used: text,
          })}
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
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getLimits(), [api]);
  const { value, error, loading, reload } = useLoaded(load);
  const { shown, more } = useShortened(value?.items ?? NONE, {
    first: FIRST,
    noun: 'limits',
  });

  return (
    <Section title={t('operations.limits')}>
      {loading && <LinearProgress aria-label={t('operations.loadingLimits')} />}
      {error && !value && (
        <LoadFailure
          error={error}
          what={t('common.subject.limits')}
          onRetry={reload}
        />
      )}
      {error && value && (
        <Alert severity="warning">
          {t('operations.figuresOutOfDate', { problem: error.message })}
        </Alert>
      )}
      {value?.items.length === 0 && <Notice>{t('operations.noLimits')}</Notice>}
      {value && value.items.length > 0 && (
        <DataTable
          label={t('operations.limitsLabel')}
          columns={[
            t('operations.column.whose'),
            t('common.what'),
            t('operations.column.used'),
            t('common.state'),
            t('operations.column.beginsAnew'),
          ]}
        >
          {shown.map(use => (
            <TableRow
              key={`${use.scope} ${use.subject} ${use.measure} ${use.period}`}
            >
              <TableCell>
                <Subject use={use} />
              </TableCell>
              <TableCell>{limitName(use, t)}</TableCell>
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

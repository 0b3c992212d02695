import type { SecretAccessEntry } from '@agentic-backstage/plugin-agentic-common';
import { Progress } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useCallback, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { LinkOrText } from '../status/LinkOrText';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { ACCESS_OUTCOMES, accessWords } from './accessWords';

/** Who used which secret for what, newest first, and who was refused. */
export function SecretAccessSection() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [older, setOlder] = useState<readonly number[]>([]);
  const before = older[older.length - 1];
  const load = useCallback(
    () => api.listSecretAccess({ before }),
    [api, before],
  );
  const { value, error, reload } = useLoaded(load);
  const next = value?.before;

  return (
    <Section title={t('secrets.accessLog')}>
      {!value && !error && <Progress />}
      {!value && error && (
        <LoadFailure
          error={error}
          what={t('common.subject.accessLog')}
          onRetry={reload}
        />
      )}
      {value && value.entries.length === 0 && (
        <Notice>{t('secrets.unused')}</Notice>
      )}
      {value && value.entries.length > 0 && (
        <AccessTable entries={value.entries} />
      )}
      {older.length > 0 && (
        <Button onClick={() => setOlder(older.slice(0, -1))}>
          {t('common.newer')}
        </Button>
      )}
      {next !== undefined && (
        <Button onClick={() => setOlder([...older, next])}>
          {t('common.older')}
        </Button>
      )}
    </Section>
  );
}

function AccessTable(props: { entries: readonly SecretAccessEntry[] }) {
  const { t } = useAgenticTranslation();
  const workflowLink = useRouteRef(workflowRouteRef);
  return (
    <DataTable
      label={t('secrets.accessLog')}
      columns={[
        t('common.when'),
        t('secrets.secret'),
        t('common.what'),
        t('common.who'),
        t('secrets.for'),
        t('secrets.outcome'),
      ]}
    >
      {props.entries.map(entry => (
        <TableRow key={entry.id}>
          <TableCell sx={{ whiteSpace: 'nowrap' }}>
            <TimeText value={entry.at} />
          </TableCell>
          <TableCell
            component="th"
            scope="row"
            sx={{ overflowWrap: 'anywhere' }}
          >
            {entry.secret}
          </TableCell>
          <TableCell>{accessWords(entry, t)}</TableCell>
          <TableCell sx={{ overflowWrap: 'anywhere' }}>
            {entry.tool
              ? t('secrets.withTool', { actor: entry.actor, tool: entry.tool })
              : entry.actor}
          </TableCell>
          <TableCell>
            {entry.purpose}
            {entry.workflowId && (
              <>
                {' ('}
                <LinkOrText
                  to={workflowLink?.({ workflowId: entry.workflowId })}
                >
                  {entry.workflowId}
                </LinkOrText>
                )
              </>
            )}
          </TableCell>
          <TableCell>
            <WordedPill wordings={ACCESS_OUTCOMES} state={entry.outcome} />
            {entry.reason && <div>{entry.reason}</div>}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}

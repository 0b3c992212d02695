import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import { Content, EmptyState } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { DataTable } from '../status/DataTable';
import { agenticApiRef } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { workflowRouteRef } from '../../routes';
import { LoadFailure } from '../states/LoadFailure';
import { LinkOrText } from '../status/LinkOrText';
import { Pager } from '../status/Pager';
import { PersonName } from '../status/PersonName';
import { APPROVAL_KINDS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { ROLE_LABELS, missingRoles, reasonNotToApprove } from './approvalRules';
import { ExpiryCountdown } from './ExpiryCountdown';
import { groupApprovals, type Grouping } from './groupApprovals';
import { StatisticsCard } from './StatisticsCard';

const PAGE_SIZE = 25;

const GROUPINGS: Readonly<Record<Grouping, string>> = {
  none: 'Not grouped',
  workflow: 'By workflow',
  kind: 'By kind of change',
};

function ApprovalRow(props: { approval: Approval }) {
  const { approval } = props;
  const me = useCurrentUser();
  const workflowLink = useRouteRef(workflowRouteRef);
  const to = workflowLink?.({ workflowId: approval.workflowId });
  const note = reasonNotToApprove(approval, me, Date.now());
  return (
    <TableRow hover>
      <TableCell component="th" scope="row">
        <LinkOrText to={to && `${to}?tab=approval`}>
          {approval.plan.title}
        </LinkOrText>
        {note && (
          <Alert severity="info" sx={{ mt: 1, py: 0 }}>
            {note}
          </Alert>
        )}
      </TableCell>
      <TableCell>
        {approval.kind && (
          <WordedPill wordings={APPROVAL_KINDS} state={approval.kind} />
        )}
      </TableCell>
      <TableCell>{approval.serviceName}</TableCell>
      <TableCell>{approval.environment}</TableCell>
      <TableCell>
        <PersonName entityRef={approval.requestedBy} />
      </TableCell>
      <TableCell>
        {missingRoles(approval)
          .map(role => ROLE_LABELS[role])
          .join(', ')}
      </TableCell>
      <TableCell>
        <ExpiryCountdown expiresAt={approval.expiresAt} />
      </TableCell>
    </TableRow>
  );
}

/** The inbox: every open approval the reader may see, with a link to where it is decided, and how decisions came about. */
export function ApprovalsPage() {
  const api = useApi(agenticApiRef);
  const [grouping, setGrouping] = useState<Grouping>('none');
  // Each page begins where the one before ended; the way back is the way it came.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const load = useCallback(
    () =>
      api.listApprovals({
        status: 'open',
        limit: PAGE_SIZE,
        ...(cursor && { cursor }),
      }),
    [api, cursor],
  );
  const { value: page, error, loading, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  return (
    <Content>
      {loading && <LinearProgress aria-label="Loading approvals" />}
      {error && !page && (
        <LoadFailure error={error} what="the approvals" onRetry={reload} />
      )}
      {error && page && (
        <Alert severity="warning">
          This list may be out of date: {error.message}
        </Alert>
      )}
      {page?.totalItems === 0 && (
        <EmptyState
          missing="data"
          title="Nothing waits for approval"
          description="When a workflow needs a signature, it appears here."
        />
      )}
      {page && page.totalItems > 0 && (
        <>
          <TextField
            select
            size="small"
            label="Group"
            value={grouping}
            sx={{ mb: 2, minWidth: 200 }}
            onChange={event => setGrouping(event.target.value as Grouping)}
          >
            {Object.entries(GROUPINGS).map(([value, label]) => (
              <MenuItem key={value} value={value}>
                {label}
              </MenuItem>
            ))}
          </TextField>
          {groupApprovals(page.items, grouping).map(({ title, approvals }) => (
            <Box key={title ?? 'all'} sx={{ mb: 2 }}>
              {title && (
                <Typography component="h3" variant="h6" sx={{ mb: 1 }}>
                  {title} ({approvals.length})
                </Typography>
              )}
              <DataTable
                framed
                label={title ? `Open approvals: ${title}` : 'Open approvals'}
                columns={[
                  'What',
                  'Kind',
                  'Service',
                  'Environment',
                  'Requested by',
                  'Missing signatures',
                  'Expires',
                ]}
              >
                {approvals.map(approval => (
                  <ApprovalRow key={approval.approvalId} approval={approval} />
                ))}
              </DataTable>
            </Box>
          ))}
          {(cursors.length > 0 || page.nextCursor) && (
            <Pager
              label="Pages of approvals"
              cursors={cursors}
              nextCursor={page.nextCursor}
              onChange={setCursors}
              summary={`${page.totalItems} open in all`}
            />
          )}
        </>
      )}
      <StatisticsCard />
    </Content>
  );
}

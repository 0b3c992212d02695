import { Content, EmptyState } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useCallback } from 'react';
import { DataTable } from '../status/DataTable';
import { agenticApiRef } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { workflowRouteRef } from '../../routes';
import { LoadFailure } from '../states/LoadFailure';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';
import { ROLE_LABELS, missingRoles, reasonNotToApprove } from './approvalRules';

/** The inbox: every open approval the reader may see, with a link to where it is decided. */
export function ApprovalsPage() {
  const api = useApi(agenticApiRef);
  const me = useCurrentUser();
  const workflowLink = useRouteRef(workflowRouteRef);
  const load = useCallback(() => api.listApprovals('open'), [api]);
  const { value: approvals, error, loading, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  return (
    <Content>
      {loading && <LinearProgress aria-label="Loading approvals" />}
      {error && !approvals && (
        <LoadFailure error={error} what="the approvals" onRetry={reload} />
      )}
      {error && approvals && (
        <Alert severity="warning">
          This list may be out of date: {error.message}
        </Alert>
      )}
      {approvals?.length === 0 && (
        <EmptyState
          missing="data"
          title="Nothing waits for approval"
          description="When a workflow needs a signature, it appears here."
        />
      )}
      {approvals && approvals.length > 0 && (
        <DataTable
          framed
          label="Open approvals"
          columns={[
            'What',
            'Service',
            'Environment',
            'Requested by',
            'Missing signatures',
            'Expires',
          ]}
        >
          {approvals.map(approval => {
            const to = workflowLink?.({ workflowId: approval.workflowId });
            const note = reasonNotToApprove(approval, me, Date.now());
            return (
              <TableRow key={approval.approvalId} hover>
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
                  <TimeText value={approval.expiresAt} />
                </TableCell>
              </TableRow>
            );
          })}
        </DataTable>
      )}
    </Content>
  );
}

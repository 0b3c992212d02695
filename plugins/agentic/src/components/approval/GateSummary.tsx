import type {
  Approval,
  Effect,
  Workflow,
} from '@agentic-backstage/plugin-agentic-common';
import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { nameInRef } from '../status/PersonName';
import { ROLE_LABELS, missingRoles } from './approvalRules';

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(', ');
}

function willHappen({ phase, effects, approvals, tasks }: Workflow): string {
  const open = approvals.find(({ status }) => status === 'open');
  if (open) {
    return `${open.plan.title}: ${counted(
      open.dryRunResults.length,
      'operation',
    )}, once approved`;
  }
  if (TERMINAL_PHASES.includes(phase)) {
    return 'Nothing more';
  }
  const left = effects.filter(({ status }) => status === 'proposed').length;
  if (left > 0) {
    return `${counted(left, 'operation')} that ${
      left === 1 ? 'is' : 'are'
    } approved and not yet carried out`;
  }
  const next = tasks.find(({ status }) => status === 'pending');
  return next
    ? `Next: ${next.title}. Nothing outside the portal without a dry run and an approval`
    : 'What is running is finished';
}

function checkedAgainst({ effects, tasks }: Workflow): string {
  const verdicts = effects.map(({ verdict }) => verdict.decision);
  const critics = tasks.flatMap(({ critic }) => (critic ? [critic] : []));
  const of = (decision: Effect['verdict']['decision']) =>
    verdicts.filter(each => each === decision).length;
  const policy =
    verdicts.length > 0 &&
    `Policy: ${listed([
      of('deny') > 0 && `${of('deny')} denied`,
      of('needs_review') > 0 && `${of('needs_review')} for a person to review`,
      of('allow') > 0 && `${of('allow')} allowed`,
    ])}`;
  const objections = critics.filter(({ decision }) => decision !== 'approve');
  const critic =
    critics.length > 0 &&
    `Critic: ${
      objections.length > 0
        ? `objects to ${objections.map(({ taskId }) => taskId).join(', ')}`
        : `no objection to ${counted(critics.length, 'task')}`
    }`;
  const said = [policy, critic].filter(Boolean);
  return said.length > 0 ? said.join('. ') : 'Nothing to check yet';
}

function signers(approval: Approval): string {
  return missingRoles(approval)
    .map(role => {
      const holders = approval.chain?.holders.find(each => each.role === role);
      return `${ROLE_LABELS[role]}${
        holders && holders.refs.length > 0
          ? ` (${holders.refs.map(nameInRef).join(', ')})`
          : ''
      }`;
    })
    .join(' and ');
}

function mayLetIt({ approvals }: Workflow): string {
  const open = approvals.filter(({ status }) => status === 'open');
  if (open.length > 0) {
    return `Waits for ${open.map(signers).join('; ')}`;
  }
  const decided = approvals.filter(({ decisions }) => decisions.length > 0);
  const [last] = decided;
  if (!last) {
    return 'Nobody has been asked yet';
  }
  const names = last.decisions.map(
    ({ decidedBy, decision }) =>
      `${nameInRef(decidedBy)}${decision === 'reject' ? ' (rejected)' : ''}`,
  );
  return `${
    last.status === 'approved' ? 'Approved' : 'Decided'
  } by ${names.join(' and ')}`;
}

function seenAfterwards({ effects }: Workflow): string {
  const begun = effects.filter(({ status }) => status !== 'proposed');
  if (begun.length === 0) {
    return 'Nothing has been carried out';
  }
  const state = (wanted: string) =>
    begun.filter(({ readBack }) => (readBack?.state ?? 'nobody') === wanted)
      .length;
  return listed([
    state('confirmed') > 0 && `${state('confirmed')} confirmed`,
    state('absent') > 0 && `${state('absent')} not there`,
    state('unknown') > 0 && `${state('unknown')} unknown`,
    state('nobody') > 0 && `${state('nobody')} not looked at yet`,
  ]);
}

/** At every moment of a workflow: what will happen, what it was checked against, who may let it, and what was seen afterwards. */
export function GateSummary(props: { workflow: Workflow }) {
  const { workflow } = props;
  const facts = [
    ['What will happen', willHappen(workflow)],
    ['Checked against', checkedAgainst(workflow)],
    ['Who may let it', mayLetIt(workflow)],
    ['Seen afterwards', seenAfterwards(workflow)],
  ] as const;
  return (
    <Paper
      component="dl"
      variant="outlined"
      aria-label="Safety at a glance"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(13rem, 1fr))',
        gap: 2,
        m: 0,
        mb: 2,
        p: { xs: 1.5, sm: 2 },
      }}
    >
      {facts.map(([term, text]) => (
        <Box key={term}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {term}
          </Typography>
          <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            {text}
          </Box>
        </Box>
      ))}
    </Paper>
  );
}

import type {
  Approval,
  Effect,
  Workflow,
} from '@agentic-backstage/plugin-agentic-common';
import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { nameInRef } from '../status/PersonName';
import { missingRoles } from './approvalRules';
import type { Translate } from '../../translation/Translate';

function listed(parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(', ');
}

function willHappen(
  { phase, effects, approvals, tasks }: Workflow,
  t: Translate,
): string {
  const open = approvals.find(({ status }) => status === 'open');
  if (open) {
    return t('gate.onceApproved', {
      title: open.plan.title,
      count: open.dryRunResults.length,
    });
  }
  if (TERMINAL_PHASES.includes(phase)) {
    return t('gate.nothingMore');
  }
  const left = effects.filter(({ status }) => status === 'proposed').length;
  if (left > 0) {
    return t('gate.left', { count: left });
  }
  const next = tasks.find(({ status }) => status === 'pending');
  return next ? t('gate.next', { title: next.title }) : t('gate.finishing');
}

function checkedAgainst({ effects, tasks }: Workflow, t: Translate): string {
  const verdicts = effects.map(({ verdict }) => verdict.decision);
  const critics = tasks.flatMap(({ critic }) => (critic ? [critic] : []));
  const of = (decision: Effect['verdict']['decision']) =>
    verdicts.filter(each => each === decision).length;
  const policy =
    verdicts.length > 0 &&
    t('gate.policy', {
      findings: listed([
        of('deny') > 0 && t('gate.denied', { total: of('deny') }),
        of('needs_review') > 0 &&
          t('gate.review', { total: of('needs_review') }),
        of('allow') > 0 && t('gate.allowed', { total: of('allow') }),
      ]),
    });
  const objections = critics.filter(({ decision }) => decision !== 'approve');
  const critic =
    critics.length > 0 &&
    (objections.length > 0
      ? t('gate.objects', {
          tasks: objections.map(({ taskId }) => taskId).join(', '),
        })
      : t('gate.noObjection', { count: critics.length }));
  const said = [policy, critic].filter(Boolean);
  return said.length > 0 ? said.join('. ') : t('gate.nothingToCheck');
}

function signers(approval: Approval, t: Translate): string {
  const items = missingRoles(approval).map(role => {
    const holders = approval.chain?.holders.find(each => each.role === role);
    const name = t(`words.role.${role}`);
    return holders && holders.refs.length > 0
      ? `${name} (${holders.refs.map(nameInRef).join(', ')})`
      : name;
  });
  return t('common.list', { items });
}

function mayLetIt({ approvals }: Workflow, t: Translate): string {
  const open = approvals.filter(({ status }) => status === 'open');
  if (open.length > 0) {
    return t('gate.waitsFor', {
      signers: open.map(each => signers(each, t)).join('; '),
    });
  }
  const decided = approvals.filter(({ decisions }) => decisions.length > 0);
  const [last] = decided;
  if (!last) {
    return t('gate.nobodyAsked');
  }
  const names = last.decisions.map(({ decidedBy, decision }) =>
    decision === 'reject'
      ? t('gate.withRejection', { name: nameInRef(decidedBy) })
      : nameInRef(decidedBy),
  );
  return t(last.status === 'approved' ? 'gate.approvedBy' : 'gate.decidedBy', {
    names,
  });
}

function seenAfterwards({ effects }: Workflow, t: Translate): string {
  const begun = effects.filter(({ status }) => status !== 'proposed');
  if (begun.length === 0) {
    return t('gate.nothingCarriedOut');
  }
  const state = (wanted: string) =>
    begun.filter(({ readBack }) => (readBack?.state ?? 'nobody') === wanted)
      .length;
  return listed([
    state('confirmed') > 0 &&
      t('gate.confirmed', { total: state('confirmed') }),
    state('absent') > 0 && t('gate.absent', { total: state('absent') }),
    state('unknown') > 0 && t('gate.unknown', { total: state('unknown') }),
    state('nobody') > 0 && t('gate.notLookedAt', { total: state('nobody') }),
  ]);
}

/** At every moment of a workflow: what will happen, what it was checked against, who may let it, and what was seen afterwards. */
export function GateSummary(props: { workflow: Workflow }) {
  const { t } = useAgenticTranslation();
  const { workflow } = props;
  const facts = [
    [t('gate.term.happens'), willHappen(workflow, t)],
    [t('gate.term.checked'), checkedAgainst(workflow, t)],
    [t('gate.term.signers'), mayLetIt(workflow, t)],
    [t('gate.term.seen'), seenAfterwards(workflow, t)],
  ] as const;
  return (
    <Paper
      component="dl"
      variant="outlined"
      aria-label={t('gate.label')}
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

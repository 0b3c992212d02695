import type {
  ApprovalDifference,
  FieldChange,
  PlanDifference,
} from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { wordsOfField, wordsOfValue } from '../plan/fieldWords';

function Value(props: { removed?: boolean; children: string | undefined }) {
  const { t } = useAgenticTranslation();
  const { removed, children } = props;
  if (children === undefined || children === '') {
    return <em>{t('common.nothing')}</em>;
  }
  return (
    <Box
      component={removed ? 'del' : 'ins'}
      sx={{
        color: removed ? 'error.main' : 'success.main',
        textDecoration: removed ? 'line-through' : 'none',
        overflowWrap: 'anywhere',
        whiteSpace: 'pre-wrap',
      }}
    >
      {children}
    </Box>
  );
}

function Fields(props: { changes: readonly FieldChange[] }) {
  const { t } = useAgenticTranslation();
  return (
    <>
      {props.changes.map(change => (
        <li key={change.field}>
          {wordsOfField(change.field, t)}:{' '}
          <Value removed>{wordsOfValue(change, change.before, t)}</Value>
          {' → '}
          <Value>{wordsOfValue(change, change.after, t)}</Value>
        </li>
      ))}
    </>
  );
}

function Names(props: { what: string; names: readonly string[] }) {
  return (
    <>
      {props.names.map(name => (
        <li key={name}>
          {props.what}: {name}
        </li>
      ))}
    </>
  );
}

function List(props: { children: React.ReactNode }) {
  return (
    <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
      {props.children}
    </Box>
  );
}

function isEmpty(difference: PlanDifference): boolean {
  return Object.values(difference).every(entries => entries.length === 0);
}

/** What differs between two versions of a plan. */
export function PlanDifferenceDetails(props: { difference: PlanDifference }) {
  const { t } = useAgenticTranslation();
  const { difference } = props;
  if (isEmpty(difference)) {
    return <Typography>{t('approvals.difference.same')}</Typography>;
  }
  const task = ({
    taskId,
    title,
    agent,
  }: {
    taskId: string;
    title: string;
    agent: string;
  }) => `${taskId} ${title} (${agent})`;
  return (
    <List>
      <Fields changes={difference.intent} />
      <Names
        what={t('approvals.difference.newTask')}
        names={difference.tasksAdded.map(task)}
      />
      <Names
        what={t('approvals.difference.taskGone')}
        names={difference.tasksRemoved.map(task)}
      />
      {difference.tasksChanged.map(({ taskId, title, fields }) => (
        <li key={taskId}>
          {t('approvals.difference.task', { task: taskId, title })}
          <List>
            <Fields changes={fields} />
          </List>
        </li>
      ))}
      <Fields changes={difference.estimates} />
      <Names
        what={t('approvals.difference.newRisk')}
        names={difference.risksAdded}
      />
      <Names
        what={t('approvals.difference.riskGone')}
        names={difference.risksRemoved}
      />
      <Fields changes={difference.checks} />
    </List>
  );
}

/** What has changed since the approval that this one takes the place of. */
export function DifferenceDetails(props: { difference: ApprovalDifference }) {
  const { t } = useAgenticTranslation();
  const { difference } = props;
  const { plan, operationsAdded, operationsRemoved, operationsChanged } =
    difference;
  const same =
    operationsAdded.length +
      operationsRemoved.length +
      operationsChanged.length ===
    0;
  return (
    <>
      <Typography>
        {t('approvals.difference.before', { reason: difference.reason })}
      </Typography>
      {plan && <PlanDifferenceDetails difference={plan} />}
      {same ? (
        <Typography>{t('approvals.difference.sameOperations')}</Typography>
      ) : (
        <List>
          <Names
            what={t('approvals.difference.newOperation')}
            names={operationsAdded}
          />
          <Names
            what={t('approvals.difference.operationGone')}
            names={operationsRemoved}
          />
          {operationsChanged.map(({ operation, fields }) => (
            <li key={operation}>
              {operation}
              <List>
                <Fields changes={fields} />
              </List>
            </li>
          ))}
        </List>
      )}
    </>
  );
}

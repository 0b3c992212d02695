import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { Content } from '@backstage/core-components';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { useWorkflow, type LiveWorkflow } from '../../live/useWorkflow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ApprovalsSection } from '../approval/ApprovalsSection';
import { GateSummary } from '../approval/GateSummary';
import { ChangeRecordSection } from '../audit/ChangeRecordSection';
import { DeploymentSection } from '../deployment/DeploymentSection';
import { FilesSection } from '../files/FilesSection';
import { ExecutionChart } from '../history/ExecutionChart';
import { LogsSection } from '../history/LogsSection';
import { RecordSection } from '../history/RecordSection';
import { TimelineSection } from '../history/TimelineSection';
import { PlanDetails } from '../plan/PlanDetails';
import { RevisionList } from '../plan/RevisionList';
import { VersionComparison } from '../plan/VersionComparison';
import { LoadFailure } from '../states/LoadFailure';
import { HeldNotice } from './HeldNotice';
import { TaskGraph } from './TaskGraph';
import { TaskPanel } from './TaskPanel';
import { WorkflowControlButtons } from './WorkflowControlButtons';
import { WorkflowHeader } from './WorkflowHeader';
import { WorkflowSkeleton } from './WorkflowSkeleton';
import { WorkflowTabs } from './WorkflowTabs';

function WorkflowContent(props: { workflow: Workflow; live: LiveWorkflow }) {
  const { t } = useAgenticTranslation();
  const { workflow, live } = props;
  const [search, setSearch] = useSearchParams();
  const [retryTask, setRetryTask] = useState<string>();
  const [retryFrom, setRetryFrom] = useState<string>();
  const [logTask, setLogTask] = useState('');
  const taskId = search.get('task') ?? undefined;
  const tab = search.get('tab') ?? 'overview';
  const task = workflow.tasks.find(each => each.taskId === taskId);
  const waiting = workflow.approvals.filter(({ status }) => status === 'open');

  const show = (change: { tab?: string; task?: string | undefined }) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value) {
        next.set(key, value);
      } else {
        next.delete(key);
      }
    }
    setSearch(next, { replace: true });
  };

  const tabs = [
    {
      id: 'overview',
      label: t('workflow.tab.overview'),
      content: (
        <>
          <RevisionList revisions={workflow.revisions ?? []} />
          <VersionComparison
            workflowId={workflow.workflowId}
            version={workflow.plan.version}
          />
          <PlanDetails plan={workflow.plan} />
        </>
      ),
    },
    {
      id: 'approval',
      label:
        waiting.length === 0
          ? t('workflow.tab.approval')
          : t('workflow.tab.approvals', { total: waiting.length }),
      content: (
        <ApprovalsSection
          approvals={workflow.approvals}
          effects={workflow.effects}
          onDecided={live.refresh}
        />
      ),
    },
    {
      id: 'files',
      label: t('workflow.tab.files'),
      content: (
        <FilesSection
          workflowId={workflow.workflowId}
          artifacts={workflow.artifacts}
        />
      ),
    },
    {
      id: 'logs',
      label: t('workflow.tab.logs'),
      content: (
        <LogsSection
          events={live.events}
          tasks={workflow.tasks}
          taskId={logTask}
          onTaskChange={setLogTask}
        />
      ),
    },
    {
      id: 'timeline',
      label: t('workflow.tab.timeline'),
      content: (
        <>
          <ExecutionChart workflow={workflow} />
          <TimelineSection events={live.events} />
        </>
      ),
    },
    {
      id: 'record',
      label:
        workflow.effects.length === 0
          ? t('workflow.tab.record')
          : t('workflow.tab.records', { total: workflow.effects.length }),
      content: (
        <>
          <ChangeRecordSection workflowId={workflow.workflowId} />
          <RecordSection
            effects={workflow.effects}
            approvals={workflow.approvals}
          />
        </>
      ),
    },
    {
      id: 'deployment',
      label: t('workflow.tab.deployment'),
      content: (
        <DeploymentSection
          deployments={workflow.deployments}
          onStopped={live.refresh}
        />
      ),
    },
  ];

  return (
    <>
      <WorkflowHeader
        workflow={workflow}
        connection={live.connection}
        actions={
          <WorkflowControlButtons
            workflow={workflow}
            retryTask={retryTask}
            retryFrom={retryFrom}
            onRetryTaskClosed={() => {
              setRetryTask(undefined);
              setRetryFrom(undefined);
            }}
            onDone={live.refresh}
          />
        }
      />
      {live.error && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('common.pageOutOfDate', { problem: live.error.message })}
        </Alert>
      )}
      {workflow.error && (
        <Alert severity="error" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {workflow.error}
        </Alert>
      )}
      <HeldNotice tasks={workflow.tasks} />
      {waiting.length > 0 && tab !== 'approval' && (
        <Alert
          severity="info"
          sx={{ mb: 2 }}
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => show({ tab: 'approval' })}
            >
              {t('workflow.review')}
            </Button>
          }
        >
          {t('workflow.waiting', { title: waiting[0].plan.title })}
        </Alert>
      )}
      <GateSummary workflow={workflow} />
      <TaskGraph
        tasks={workflow.tasks}
        selected={taskId}
        onSelect={selected => show({ task: selected })}
      />
      {task && (
        <TaskPanel
          task={task}
          mayRetry={workflow.controls.retry}
          onRetry={() => setRetryTask(task.taskId)}
          onRetryFrom={
            workflow.controls.retryFrom
              ? () => setRetryFrom(task.taskId)
              : undefined
          }
          onShowLogs={() => {
            setLogTask(task.taskId);
            show({ tab: 'logs' });
          }}
          onClose={() => show({ task: undefined })}
        />
      )}
      <WorkflowTabs
        tabs={tabs}
        selected={tab}
        onSelect={selected => show({ tab: selected })}
      />
    </>
  );
}

function FollowedWorkflowPage(props: { workflowId: string }) {
  const { t } = useAgenticTranslation();
  const live = useWorkflow(props.workflowId);
  const { pathname } = useLocation();
  const { workflow, error } = live;
  if (!workflow) {
    return (
      <Content>
        {error ? (
          <LoadFailure
            error={error}
            what={t('common.subject.workflow')}
            onRetry={live.refresh}
          />
        ) : (
          <WorkflowSkeleton />
        )}
      </Content>
    );
  }
  return (
    <BreadcrumbEntry entry={{ label: workflow.serviceName, href: pathname }}>
      <Content>
        <WorkflowContent workflow={workflow} live={live} />
      </Content>
    </BreadcrumbEntry>
  );
}

/** One workflow, live: graph, plan, approval, files, log, timeline, record and deployment. */
export function WorkflowPage() {
  const { workflowId = '' } = useParams();
  return <FollowedWorkflowPage key={workflowId} workflowId={workflowId} />;
}

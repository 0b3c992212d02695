import type { SchedulerService } from '@backstage/backend-plugin-api';

const RECONCILE_SECONDS = 30;
const INCIDENT_SECONDS = 15;
const LEASE_SECONDS = 30;

/** Has the host's regular work done: on each replica what is its own, on one of them what is everybody's. */
export async function scheduleTasks(options: {
  scheduler: SchedulerService;
  reconciler: { reconcile(): Promise<unknown> };
  followUp: { run(): Promise<unknown> };
  incidents: { detect(): Promise<unknown>; escalate(): Promise<unknown> };
  leases: { sweep(): Promise<unknown> };
  reminder: { remind(): Promise<unknown> };
  sweeper: { scheduled(): Promise<void> };
  sweepEveryHours: number;
}): Promise<void> {
  const { scheduler, reconciler, followUp, incidents, reminder } = options;
  const { leases, sweeper, sweepEveryHours } = options;
  await scheduler.scheduleTask({
    id: 'agentic-reconcile',
    scope: 'local',
    frequency: { seconds: RECONCILE_SECONDS },
    timeout: { minutes: 5 },
    initialDelay: { seconds: RECONCILE_SECONDS },
    fn: async () => {
      await reconciler.reconcile();
    },
  });
  await scheduler.scheduleTask({
    id: 'agentic-approvals',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 30 },
    fn: async () => {
      await followUp.run();
    },
  });
  await scheduler.scheduleTask({
    id: 'agentic-incidents',
    // Each replica brings what its own breakers say; facts are counted once, whoever finds them.
    scope: 'local',
    frequency: { seconds: INCIDENT_SECONDS },
    timeout: { minutes: 2 },
    initialDelay: { seconds: INCIDENT_SECONDS },
    fn: async () => {
      await incidents.detect();
      await incidents.escalate();
    },
  });
  await scheduler.scheduleTask({
    id: 'agentic-secret-leases',
    frequency: { seconds: LEASE_SECONDS },
    timeout: { minutes: 5 },
    initialDelay: { seconds: LEASE_SECONDS },
    fn: async () => {
      await leases.sweep();
    },
  });
  await scheduler.scheduleTask({
    id: 'agentic-secrets-due',
    frequency: { hours: 6 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 2 },
    fn: async () => {
      await reminder.remind();
    },
  });
  await scheduler.scheduleTask({
    id: 'agentic-sweeper',
    frequency: { hours: sweepEveryHours },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 5 },
    fn: () => sweeper.scheduled(),
  });
}

import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';

/** A logger that says nothing. */
export const quietLogger: LoggerService = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => quietLogger,
};

/** The services around a host, for tests and processes without a backend; what is published is kept. */
export function quietServices(): {
  readonly auditor: AuditorService;
  readonly audited: AuditorServiceCreateEventOptions[];
  readonly events: EventsService;
  readonly notifications: NotificationService;
  readonly signals: SignalsService;
  readonly scheduler: SchedulerService;
  readonly published: unknown[];
  readonly notified: unknown[];
} {
  const published: unknown[] = [];
  const notified: unknown[] = [];
  const audited: AuditorServiceCreateEventOptions[] = [];
  return {
    published,
    notified,
    audited,
    auditor: {
      createEvent: async event => {
        audited.push(event);
        return { success: async () => undefined, fail: async () => undefined };
      },
    },
    events: {
      publish: async ({ eventPayload }) => {
        published.push(eventPayload);
      },
      subscribe: async () => undefined,
    },
    notifications: {
      send: async notification => {
        notified.push(notification);
      },
    },
    signals: { publish: async () => undefined },
    scheduler: {
      scheduleTask: async () => undefined,
      triggerTask: async () => undefined,
      cancelTask: async () => undefined,
      getScheduledTasks: async () => [],
      createScheduledTaskRunner: () => ({ run: async () => undefined }),
    },
  };
}

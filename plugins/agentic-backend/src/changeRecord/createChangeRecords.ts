import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { AuditLog } from './AuditLog';
import { AuditorForwarder } from './AuditorForwarder';
import { PayloadErasure } from './PayloadErasure';
import { RecordVerifier } from './RecordVerifier';

const CHECK_MINUTES = 10;
const DAY_MS = 24 * 3_600_000;

/** The parts around the change record: reading, verifying, erasing, and telling the auditor. */
export interface ChangeRecords {
  readonly log: AuditLog;
  readonly verifier: RecordVerifier;
  readonly erasure: PayloadErasure;
  readonly forwarder: AuditorForwarder;
  /** Begins to tell the auditor, to verify chains in turn, and to erase payloads whose time is over. */
  launch(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Builds the parts. Nothing runs before `launch`. */
export function createChangeRecords(options: {
  database: AgenticDatabase;
  auditor: AuditorService;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Days after which payloads are erased; without it they are kept. */
  payloadDays?: number;
}): ChangeRecords {
  const { database, auditor, scheduler, logger, payloadDays } = options;
  const { knex } = database;
  const verifier = new RecordVerifier({ knex, logger });
  const erasure = new PayloadErasure(knex);
  const forwarder = new AuditorForwarder({ database, auditor, logger });
  return {
    log: new AuditLog(knex),
    verifier,
    erasure,
    forwarder,
    async launch() {
      forwarder.start();
      await scheduler.scheduleTask({
        id: 'agentic-verify-records',
        // Each replica answers for its own health.
        scope: 'local',
        frequency: { minutes: CHECK_MINUTES },
        timeout: { minutes: CHECK_MINUTES },
        initialDelay: { seconds: 30 },
        fn: async () => {
          await verifier.checkRound();
        },
      });
      if (payloadDays !== undefined) {
        await scheduler.scheduleTask({
          id: 'agentic-erase-payloads',
          frequency: { hours: 6 },
          timeout: { minutes: 30 },
          initialDelay: { minutes: 10 },
          fn: async () => {
            const cutoff = new Date(Date.now() - payloadDays * DAY_MS);
            const { payloads, chains } = await erasure.eraseOlderThan(cutoff);
            logger.info(
              `Retention: ${payloads} payload(s) of ${chains} change record(s) erased`,
            );
          },
        });
      }
    },
    shutdown: () => forwarder.stop(),
  };
}

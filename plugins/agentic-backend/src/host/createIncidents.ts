import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AgenticConfig } from '../config';
import { IncidentDetector } from '../incidents/IncidentDetector';
import { IncidentEscalation } from '../incidents/IncidentEscalation';
import { IncidentReports } from '../incidents/IncidentReports';
import { IncidentService } from '../incidents/IncidentService';
import { BreakerReports } from '../resilience/BreakerReports';
import { approvalRulesOf } from '../runtime/approval/approvalChain';

/** Everything about incidents that the host is made of. */
export interface Incidents {
  /** What people see and do. */
  readonly service: IncidentService;
  /** Is told of the breakers of this process. */
  readonly breakers: BreakerReports;
  /** Finds what is new. */
  detect(): Promise<number>;
  /** Tells the next in line of what nobody has acknowledged. */
  escalate(): Promise<number>;
}

/** Builds what finds incidents, follows them up and shows them. */
export function createIncidents(options: {
  config: Pick<AgenticConfig, 'approvals' | 'incidents'>;
  knex: Knex;
  auditor: AuditorService;
  logger: LoggerService;
}): Incidents {
  const { config, knex, auditor, logger } = options;
  const settings = config.incidents;
  const fallback = [...new Set(Object.values(config.approvals.roles).flat())];
  const reports = new IncidentReports({
    knex,
    settings,
    fallback,
    isProduction: environment =>
      approvalRulesOf(config.approvals, environment).production,
  });
  const detector = new IncidentDetector({ knex, reports, logger });
  const escalation = new IncidentEscalation({ knex, settings, logger });
  return {
    service: new IncidentService({ knex, settings, fallback }),
    breakers: new BreakerReports({ auditor, logger, incidents: detector }),
    detect: () => detector.detect(),
    escalate: () => escalation.run(),
  };
}

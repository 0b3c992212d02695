import type {
  AssignIncidentRequest,
  IncidentDetails,
  IncidentPage,
  IncidentStatus,
  OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { IncidentQuery, IncidentStep } from '../../api/AgenticApi';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { anEntry, anIncident } from '../sampleIncidents';
import { FakeAudit } from './FakeAudit';

const STATUS_AFTER = {
  mitigate: 'mitigated',
  resolve: 'resolved',
} as const;
const KIND = {
  comment: 'commented',
  mitigate: 'mitigated',
  resolve: 'resolved',
} as const;

/** Incidents, which change as people take them. */
export class FakeIncidents extends FakeAudit {
  #incidents: readonly IncidentDetails[] | undefined;

  async listIncidents(query: IncidentQuery): Promise<IncidentPage> {
    this.record('listIncidents', query);
    const all = this.#all().filter(
      ({ status, severity, source, links }) =>
        (!query.status ||
          status === query.status ||
          (query.status === 'unresolved' && status !== 'resolved')) &&
        (!query.severity || severity === query.severity) &&
        (!query.source || source === query.source) &&
        (!query.workflowId || links.workflowId === query.workflowId),
    );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 25);
    const count = (wanted: IncidentStatus) =>
      this.#all().filter(({ status }) => status === wanted).length;
    return {
      items: all.slice(from, to),
      ...(to < all.length ? { nextCursor: String(to) } : {}),
      unresolved: {
        open: count('open'),
        acknowledged: count('acknowledged'),
        mitigated: count('mitigated'),
      },
    };
  }

  async getIncident(incidentId: string): Promise<IncidentDetails> {
    this.record('getIncident', incidentId);
    return this.#get(incidentId);
  }

  async openIncident(request: OpenIncidentRequest): Promise<IncidentDetails> {
    this.record('openIncident', request);
    const opened = anIncident({
      incidentId: `inc-${this.#all().length + 1}`,
      title: request.title,
      severity: request.severity,
      source: 'person',
      links: {},
    });
    this.#incidents = [opened, ...this.#all()];
    return opened;
  }

  async acknowledgeIncident(incidentId: string): Promise<IncidentDetails> {
    this.record('acknowledgeIncident', incidentId);
    return this.#change(incidentId, {
      status: 'acknowledged',
      acknowledgedBy: 'user:default/ben.okafor',
      commander: 'user:default/ben.okafor',
      nextEscalationAt: undefined,
    });
  }

  async assignIncident(
    incidentId: string,
    wish: AssignIncidentRequest,
  ): Promise<IncidentDetails> {
    this.record('assignIncident', { incidentId, ...wish });
    return this.#change(incidentId, wish);
  }

  async stepIncident(
    incidentId: string,
    step: IncidentStep,
    text: string,
  ): Promise<IncidentDetails> {
    this.record('stepIncident', { incidentId, step, text });
    const { timeline } = this.#get(incidentId);
    return this.#change(incidentId, {
      ...(step !== 'comment' && { status: STATUS_AFTER[step] }),
      timeline: [
        ...timeline,
        anEntry({
          entryId: timeline.length + 1,
          kind: KIND[step],
          actor: 'user:default/ben.okafor',
          text,
        }),
      ],
    });
  }

  #all(): readonly IncidentDetails[] {
    return this.#incidents ?? this.state.incidents ?? [];
  }

  #get(incidentId: string): IncidentDetails {
    const found = this.#all().find(each => each.incidentId === incidentId);
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no incident ${incidentId}`,
        status: 404,
      });
    }
    return found;
  }

  #change(
    incidentId: string,
    changes: Partial<IncidentDetails>,
  ): IncidentDetails {
    const changed = { ...this.#get(incidentId), ...changes };
    this.#incidents = this.#all().map(each =>
      each.incidentId === incidentId ? changed : each,
    );
    return changed;
  }
}

import type {
  AssignIncidentRequest,
  IncidentDetails,
  IncidentPage,
  OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { IncidentQuery, IncidentStep } from './AgenticApi';
import { segment, withQuery, type HttpCalls } from './HttpCalls';

/** What went wrong and takes people. */
export function incidentCalls(http: HttpCalls) {
  return {
    async listIncidents(query: IncidentQuery): Promise<IncidentPage> {
      return http.get(withQuery('/incidents', { ...query }));
    },

    async getIncident(incidentId: string): Promise<IncidentDetails> {
      return http.get(`/incidents/${segment(incidentId)}`);
    },

    async openIncident(request: OpenIncidentRequest): Promise<IncidentDetails> {
      return http.post('/incidents', request);
    },

    async acknowledgeIncident(incidentId: string): Promise<IncidentDetails> {
      return http.post(`/incidents/${segment(incidentId)}/acknowledge`, {});
    },

    async assignIncident(
      incidentId: string,
      wish: AssignIncidentRequest,
    ): Promise<IncidentDetails> {
      return http.post(`/incidents/${segment(incidentId)}/assign`, wish);
    },

    async stepIncident(
      incidentId: string,
      step: IncidentStep,
      text: string,
    ): Promise<IncidentDetails> {
      return http.post(`/incidents/${segment(incidentId)}/${step}`, { text });
    },
  };
}

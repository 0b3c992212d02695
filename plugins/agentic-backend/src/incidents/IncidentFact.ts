import type {
  IncidentLinks,
  IncidentSource,
} from '@agentic-backstage/plugin-agentic-common';

/** Something the portal has on record that takes people. */
export interface IncidentFact {
  /** Names what was found for ever, so that it is counted once. */
  readonly factId: string;
  readonly source: Exclude<IncidentSource, 'person'>;
  /** What it happened to; with the source it says which facts are one incident. */
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  readonly serviceName?: string;
  readonly environment?: string;
  readonly links: IncidentLinks;
}

/** Who is told of incidents and when, and how long they are remembered. */
export interface IncidentSettings {
  /** Entity refs of users and groups, told one after the other while nobody acknowledges. */
  readonly escalation: readonly string[];
  readonly escalateAfterMs: number;
  /** How long after its end an incident is opened again when the same thing happens. */
  readonly reopenWithinMs: number;
}

const HOUR_MS = 3_600_000;

/** A portal that says nothing: those who hold an approval role are told, and nobody after them. */
export const DEFAULT_INCIDENTS: IncidentSettings = {
  escalation: [],
  escalateAfterMs: HOUR_MS / 4,
  reopenWithinMs: 24 * HOUR_MS,
};

/** How far back facts are looked for: what the portal missed for longer is history, not an incident. */
export const FACTS_DAYS = 7;

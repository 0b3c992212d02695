/** What the operator sets about the critic. */
export interface CriticSettings {
  /** Hours for which a verdict holds. */
  readonly validHours: number;
  /** What an unknown cost means, by environment. */
  readonly unknownCost: Readonly<
    Record<string, 'note' | 'needs_person' | 'block'>
  >;
}

/** The critic as it comes: an unknown cost is for people to judge, and stops a change of production. */
export const DEFAULT_CRITIC_SETTINGS: CriticSettings = {
  validHours: 24,
  unknownCost: { development: 'note' },
};

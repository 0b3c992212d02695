/** How bad a finding is. `skipped`: it could not be looked at, and why. */
export type FindingLevel = 'error' | 'ok' | 'skipped' | 'warning';

/** One thing that was looked at: what was checked, what was found, and what to do about it. */
export interface Finding {
  /** `<area>.<what>`, the same in every run; the documentation explains it under this name. */
  readonly id: string;
  readonly level: FindingLevel;
  readonly checked: string;
  readonly found: string;
  /** What to do; there for warnings and errors. */
  readonly remedy?: string;
}

/** What is fine. */
export function fine(id: string, checked: string, found: string): Finding {
  return { id, level: 'ok', checked, found };
}

/** What works, and will hurt one day. */
export function warning(
  id: string,
  checked: string,
  found: string,
  remedy: string,
): Finding {
  return { id, level: 'warning', checked, found, remedy };
}

/** What does not work. */
export function broken(
  id: string,
  checked: string,
  found: string,
  remedy: string,
): Finding {
  return { id, level: 'error', checked, found, remedy };
}

/** What could not be looked at. */
export function skipped(id: string, checked: string, why: string): Finding {
  return { id, level: 'skipped', checked, found: why };
}

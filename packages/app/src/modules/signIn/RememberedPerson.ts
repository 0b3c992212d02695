const KEY = 'agentic.examplePerson';

/**
 * Remembers who signed in: for this tab, so that two tabs can be two people and a reload keeps each,
 * and for the browser, so that a new tab starts as the person chosen last.
 */
export class RememberedPerson {
  constructor(
    private readonly tab: Storage = window.sessionStorage,
    private readonly browser: Storage = window.localStorage,
  ) {}

  get(): string | undefined {
    return this.tab.getItem(KEY) ?? this.browser.getItem(KEY) ?? undefined;
  }

  set(entityRef: string): void {
    this.tab.setItem(KEY, entityRef);
    this.browser.setItem(KEY, entityRef);
  }

  clear(): void {
    this.tab.removeItem(KEY);
    this.browser.removeItem(KEY);
  }
}

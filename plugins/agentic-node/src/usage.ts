/** What is left of the budgets that concern a task; a measure that is not limited is absent. */
export interface UsageLeft {
  readonly steps?: number;
  readonly tokens?: number;
  /** In `currency`. */
  readonly money?: number;
  readonly currency: string;
}

/** Counts what a task uses of the budgets of its run and its team. Calls of tools are counted by the guard. */
export interface UsageMeter {
  /**
   * Counts the tokens and the cost of one call of a model. `key` names the call within this attempt
   * at the task: the same call reported again after a crash is counted once. Throws a failure for
   * good when a budget is used up by it: nothing more may be spent.
   */
  report(used: {
    readonly key: string;
    readonly tokens: number;
    readonly money: number;
  }): Promise<UsageLeft>;
  /** What may still be used; ask before a call that costs much. */
  left(): Promise<UsageLeft>;
}

import type { UsageLeft, UsageMeter } from '../usage';

/** A meter in memory that notes what was reported; without a limit unless a test sets one. */
export class MemoryUsage implements UsageMeter {
  readonly reported: Array<Parameters<UsageMeter['report']>[0]> = [];

  constructor(
    private readonly budget: { tokens?: number; money?: number } = {},
  ) {}

  async report(used: Parameters<UsageMeter['report']>[0]): Promise<UsageLeft> {
    if (!this.reported.some(({ key }) => key === used.key)) {
      this.reported.push(used);
    }
    const left = await this.left();
    if (left.tokens === 0 || left.money === 0) {
      throw new Error('The budget of this run is used up');
    }
    return left;
  }

  async left(): Promise<UsageLeft> {
    const sum = (measure: 'tokens' | 'money'): number | undefined => {
      const allowed = this.budget[measure];
      const used = this.reported.reduce((all, one) => all + one[measure], 0);
      return allowed === undefined ? undefined : Math.max(0, allowed - used);
    };
    return { tokens: sum('tokens'), money: sum('money'), currency: 'USD' };
  }
}

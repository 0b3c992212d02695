import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit';
import type { Knex } from 'knex';

/**
 * Counts requests in the plugin database, so that all replicas count together. One row per
 * principal; a new window begins at full multiples of its length.
 */
export class DatabaseRateStore implements Store {
  readonly localKeys = false;
  #windowMs = 60_000;

  constructor(
    private readonly knex: Knex,
    private readonly clock: () => number = Date.now,
  ) {}

  init(options: Options): void {
    this.#windowMs = options.windowMs;
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const start = Math.floor(this.clock() / this.#windowMs) * this.#windowMs;
    const [row] = await this.knex('rate_windows')
      .insert({ principal: key.slice(0, 255), window_start: start, hits: 1 })
      .onConflict('principal')
      .merge({
        hits: this.knex.raw(
          'case when rate_windows.window_start = ? then rate_windows.hits + 1 else 1 end',
          [start],
        ),
        window_start: start,
      })
      .returning('hits');
    return {
      totalHits: Number(row.hits),
      resetTime: new Date(start + this.#windowMs),
    };
  }

  async decrement(key: string): Promise<void> {
    await this.knex('rate_windows')
      .where('principal', key.slice(0, 255))
      .where('hits', '>', 0)
      .decrement('hits', 1);
  }

  async resetKey(key: string): Promise<void> {
    await this.knex('rate_windows')
      .where('principal', key.slice(0, 255))
      .delete();
  }
}

/**
 * A call that was not made, because what it needs has failed too often or is too busy. Nothing has
 * happened: whoever wanted it waits until `retryAt` and has lost nothing.
 */
export class DependencyUnavailable extends Error {
  constructor(
    message: string,
    readonly dependency: string,
    readonly retryAt: Date,
  ) {
    super(message);
    this.name = 'DependencyUnavailable';
  }
}

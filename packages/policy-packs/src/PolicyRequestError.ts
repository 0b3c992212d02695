/** A request or an option that cannot be used, in words for the person who gave it. */
export class PolicyRequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PolicyRequestError';
  }
}

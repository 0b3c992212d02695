/** What a Vault answers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** An answer that says what went wrong, in the form Vault says it. */
export function errors(status: number, ...said: string[]): Reply {
  return { status, body: { errors: said } };
}

/** An answer with a body. */
export function answer(body: object): Reply {
  return { status: 200, body };
}

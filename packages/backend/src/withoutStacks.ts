/** An answer without the stacks of its error and of the causes of that. */
export function withoutStacks(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return body;
  }
  const { stack: _, ...rest } = body as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'error' || key === 'cause' ? withoutStacks(value) : value,
    ]),
  );
}

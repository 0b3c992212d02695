/** The wanted paths that are not among those that were made, in the order of the wanted. */
export function findMissing(
  wanted: readonly string[],
  made: readonly string[],
): string[] {
  const there = new Set(made);
  return wanted.filter(path => !there.has(path));
}

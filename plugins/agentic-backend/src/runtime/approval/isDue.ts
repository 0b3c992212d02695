/** Says whether this share of the time between request and expiry is over. */
export function isDue(
  approval: { readonly createdAt: string; readonly expiresAt: string },
  share: number,
  now: number,
): boolean {
  const begin = Date.parse(approval.createdAt);
  const end = Date.parse(approval.expiresAt);
  return now >= begin + share * (end - begin);
}

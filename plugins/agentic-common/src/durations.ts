/** Writes seconds the way the API does: `45s`, `2m`, `5m32s`, `1h05m`. Fractions are rounded up to a whole second. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) {
    return `${hours}h${String(minutes).padStart(2, '0')}m`;
  }
  if (minutes > 0) {
    return rest === 0
      ? `${minutes}m`
      : `${minutes}m${String(rest).padStart(2, '0')}s`;
  }
  return `${rest}s`;
}

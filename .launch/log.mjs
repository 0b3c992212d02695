const label = process.env.npm_lifecycle_event ?? 'launch';

/** Writes one line that tells which command speaks. */
export function say(message) {
  process.stdout.write(`[${label}] ${message}\n`);
}

/** A duration as a person reads it: `0.4 s`, `38 s`, `2 min 5 s`. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Announces a step, shows that it is alive every 20 seconds, and tells how long
 * it took. The work's own error passes through.
 */
export async function step(title, work) {
  const started = Date.now();
  say(`${title} …`);
  const pulse = setInterval(
    () => say(`  still working (${duration(Date.now() - started)})`),
    20_000,
  );
  try {
    const result = await work();
    say(`  done in ${duration(Date.now() - started)}`);
    return result;
  } finally {
    clearInterval(pulse);
  }
}

/** Lines in a frame, for the one message that must not be overlooked. */
export function box(lines) {
  const width = Math.max(...lines.map(line => line.length));
  const rule = '─'.repeat(width + 2);
  const body = lines.map(line => `│ ${line.padEnd(width)} │`);
  process.stdout.write(
    ['', `┌${rule}┐`, ...body, `└${rule}┘`, '', ''].join('\n'),
  );
}

/** An error whose message is the whole story: printed without a stack. */
export class LaunchError extends Error {
  constructor(message) {
    super(message);
    this.name = 'LaunchError';
  }
}

import os from 'node:os';

/** The value below which the share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[
    Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)
  ];
}

/** Prints a line with the figures of some samples in milliseconds, and says whether the limits hold. */
export function report(
  name: string,
  samples: readonly number[],
  limits: { p50?: number; p99?: number },
): boolean {
  const p50 = percentile(samples, 0.5);
  const p99 = percentile(samples, 0.99);
  const holds =
    (limits.p50 === undefined || p50 < limits.p50) &&
    (limits.p99 === undefined || p99 < limits.p99);
  const wanted = Object.entries(limits)
    .map(([key, limit]) => `${key} < ${limit} ms`)
    .join(', ');
  process.stdout.write(
    `${name}: n=${samples.length} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(
      1,
    )} ms, max ${Math.max(...samples).toFixed(1)} ms (wanted ${wanted}: ${
      holds ? 'holds' : 'MISSED'
    })\n`,
  );
  return holds;
}

/** Prints what the figures were measured on. */
export function describeMachine(): void {
  const [cpu] = os.cpus();
  process.stdout.write(
    `Machine: ${os.cpus().length} x ${
      cpu?.model ?? 'unknown CPU'
    }, ${Math.round(
      os.totalmem() / 2 ** 30,
    )} GiB, ${os.platform()} ${os.release()}, Node ${process.version}, load ${os
      .loadavg()
      .map(load => load.toFixed(1))
      .join(' ')}\n`,
  );
}

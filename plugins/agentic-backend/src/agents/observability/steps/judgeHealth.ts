import type { ObservabilityOutput, Probe } from '../schema';

const NOT_MEASURED =
  'Not measured: traffic of users, error rate and saturation over time, because no history of metrics is kept yet';

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

function latencies(samples: readonly Probe[]) {
  const sorted = samples
    .flatMap(({ latencyMs }) => latencyMs ?? [])
    .sort((a, b) => a - b);
  return sorted.length === 0
    ? {}
    : { p50Ms: median(sorted), maxMs: sorted[sorted.length - 1] };
}

/** Sums up samples and log: healthy when every sample was healthy and ready and the log reports no error. */
export function judgeHealth(
  samples: readonly Probe[],
  errorLines: readonly string[],
): ObservabilityOutput {
  const bad = samples.find(({ healthy, ready }) => !healthy || !ready);
  const healthyCount = samples.filter(({ healthy }) => healthy).length;
  const readyCount = samples.filter(({ ready }) => ready).length;
  const { p50Ms, maxMs } = latencies(samples);
  const findings = [
    `${healthyCount} of ${samples.length} probes found it healthy and ${readyCount} ready`,
    ...(maxMs === undefined
      ? []
      : [
          `/health answered in ${p50Ms?.toFixed(1)} ms (p50), ${maxMs.toFixed(
            1,
          )} ms at most`,
        ]),
    errorLines.length === 0
      ? 'its log reports no error'
      : `its log reports ${
          errorLines.length
        } errors, the last one: ${errorLines[errorLines.length - 1].slice(
          0,
          300,
        )}`,
    ...(bad ? [`it was found: ${bad.evidence}`] : []),
  ];
  const healthy = samples.length > 0 && !bad && errorLines.length === 0;
  return {
    status: healthy ? 'healthy' : 'unhealthy',
    samples: samples.length,
    p50Ms,
    maxMs,
    errorLines: errorLines.length,
    summary: `${findings.join('; ')}. ${NOT_MEASURED}.`,
  };
}

import {
  metrics as openTelemetry,
  type Counter,
  type Histogram,
  type Meter,
  type MetricOptions,
  type ObservableCallback,
  type ObservableGauge,
} from '@opentelemetry/api';
import {
  METRICS,
  type CounterKey,
  type GaugeKey,
  type HistogramKey,
  type LabelsOf,
  type MetricDeclaration,
  type MetricTable,
} from './metricTable';
import { PrometheusRegistry } from './PrometheusRegistry';

/** As Backstage names the scope of a plugin's own telemetry. */
export const TELEMETRY_SCOPE = 'backstage-plugin-agentic';

/** One value of a gauge, with its labels. */
export type Reading<K extends GaugeKey = GaugeKey> = readonly [
  value: number,
  labels: LabelsOf<K>,
];

/**
 * What this process measures, by the table of metrics. Each value goes to OpenTelemetry, where the
 * portal may have set up any exporter, and is kept here for `GET /metrics`, which needs none.
 */
export class Metrics {
  readonly #own = new PrometheusRegistry();
  readonly #counters = new Map<CounterKey, Counter>();
  readonly #histograms = new Map<HistogramKey, Histogram>();
  readonly #gauges = new Map<GaugeKey, ObservableGauge>();

  /** Adds one to a counter. */
  count<K extends CounterKey>(key: K, labels: LabelsOf<K>): void {
    this.#own.add(key, 1, labels);
    once(this.#counters, key, () =>
      meter().createCounter(METRICS[key].name, optionsOf(key)),
    ).add(1, labels);
  }

  /** Puts a duration, in seconds, into a histogram. */
  measure<K extends HistogramKey>(
    key: K,
    seconds: number,
    labels: LabelsOf<K>,
  ): void {
    this.#own.observe(key, seconds, labels);
    once(this.#histograms, key, () =>
      meter().createHistogram(METRICS[key].name, optionsOf(key)),
    ).record(seconds, labels);
  }

  /** Has a gauge read whenever somebody collects. What cannot be read is absent. Answers how to stop. */
  watch<K extends GaugeKey>(
    key: K,
    read: () => Promise<readonly Reading<K>[]> | readonly Reading<K>[],
  ): () => void {
    const readings = async () => {
      try {
        return await read();
      } catch {
        return [];
      }
    };
    const callback: ObservableCallback = async result => {
      for (const [value, labels] of await readings()) {
        result.observe(value, labels);
      }
    };
    const gauge = once(this.#gauges, key, () =>
      meter().createObservableGauge(METRICS[key].name, optionsOf(key)),
    );
    gauge.addCallback(callback);
    const stop = this.#own.watch(key, readings);
    return () => {
      gauge.removeCallback(callback);
      stop();
    };
  }

  /** Everything this process has measured, in Prometheus' text format. */
  async prometheusText(): Promise<string> {
    return this.#own.text();
  }
}

/** The metrics of this process. One for all, as OpenTelemetry's own are. */
export const metrics = new Metrics();

/** Asked for when an instrument is first used: by then the portal's SDK stands. */
function meter(): Meter {
  return openTelemetry.getMeter(TELEMETRY_SCOPE);
}

function optionsOf(key: keyof MetricTable): MetricOptions {
  const { help, unit, buckets }: MetricDeclaration = METRICS[key];
  return {
    description: help,
    unit,
    ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }),
  };
}

function once<K, I>(known: Map<K, I>, key: K, make: () => I): I {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

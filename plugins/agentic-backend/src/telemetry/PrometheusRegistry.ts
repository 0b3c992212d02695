import {
  METRICS,
  prometheusName,
  type MetricDeclaration,
  type MetricTable,
} from './metricTable';

type Labels = Readonly<Record<string, string>>;
type MetricKey = keyof MetricTable;

/** More series than this of one metric are a mistake; what comes after them is counted together as `other`. */
const MOST_SERIES = 500;

interface Series {
  readonly labels: Labels;
  /** The value of a counter or gauge, or the sum of a histogram. */
  value: number;
  count: number;
  /** How many values were at most each bound; empty for others than histograms. */
  readonly atMost: number[];
}

/** What this process has measured, kept to be given in Prometheus' text format. */
export class PrometheusRegistry {
  readonly #series = new Map<MetricKey, Map<string, Series>>();
  readonly #gauges = new Map<
    MetricKey,
    Set<() => Promise<readonly (readonly [number, Labels])[]>>
  >();

  /** Adds to a counter. */
  add(key: MetricKey, by: number, labels: Labels): void {
    this.#of(key, labels).value += by;
  }

  /** Puts a value into a histogram. */
  observe(key: MetricKey, value: number, labels: Labels): void {
    const series = this.#of(key, labels);
    const { buckets = [] }: MetricDeclaration = METRICS[key];
    series.value += value;
    series.count += 1;
    buckets.forEach((bound, index) => {
      if (value <= bound) series.atMost[index] += 1;
    });
  }

  /** Has a gauge read at each look. Answers how to stop. */
  watch(
    key: MetricKey,
    read: () => Promise<readonly (readonly [number, Labels])[]>,
  ): () => void {
    const readers = this.#gauges.get(key) ?? new Set();
    this.#gauges.set(key, readers.add(read));
    return () => readers.delete(read);
  }

  /** Everything, in the order of the table of metrics. What has no value yet is declared all the same. */
  async text(): Promise<string> {
    const parts = await Promise.all(
      (Object.keys(METRICS) as MetricKey[]).map(key => this.#textOf(key)),
    );
    return parts.join('');
  }

  async #textOf(key: MetricKey): Promise<string> {
    const declared: MetricDeclaration = METRICS[key];
    const name = prometheusName(declared);
    const lines =
      declared.type === 'gauge'
        ? (await this.#readings(key)).map(([value, labels]) =>
            line(name, labels, value),
          )
        : [...(this.#series.get(key)?.values() ?? [])].flatMap(series =>
            declared.type === 'counter'
              ? [line(name, series.labels, series.value)]
              : histogramLines(name, series, declared.buckets ?? []),
          );
    return [
      `# HELP ${name} ${declared.help}`,
      `# TYPE ${name} ${declared.type}`,
      ...lines,
      '',
    ].join('\n');
  }

  /** The same labels twice, of two hosts in one process, would not be valid: the last one is told. */
  async #readings(
    key: MetricKey,
  ): Promise<readonly (readonly [number, Labels])[]> {
    const readers = [...(this.#gauges.get(key) ?? [])];
    const all = await Promise.all(readers.map(read => read()));
    return [
      ...new Map(
        all.flat().map(reading => [textOfLabels(reading[1]), reading]),
      ).values(),
    ];
  }

  #of(key: MetricKey, labels: Labels): Series {
    const all = this.#series.get(key) ?? new Map<string, Series>();
    this.#series.set(key, all);
    const id = textOfLabels(labels);
    const known = all.get(id);
    if (known) return known;
    if (all.size >= MOST_SERIES && !all.has(textOfLabels(other(labels)))) {
      return this.#put(key, all, other(labels));
    }
    return all.size >= MOST_SERIES
      ? this.#of(key, other(labels))
      : this.#put(key, all, labels);
  }

  #put(key: MetricKey, all: Map<string, Series>, labels: Labels): Series {
    const { buckets = [] }: MetricDeclaration = METRICS[key];
    const made = { labels, value: 0, count: 0, atMost: buckets.map(() => 0) };
    all.set(textOfLabels(labels), made);
    return made;
  }
}

function other(labels: Labels): Labels {
  return Object.fromEntries(Object.keys(labels).map(name => [name, 'other']));
}

function histogramLines(
  name: string,
  { labels, value, count, atMost }: Series,
  bounds: readonly number[],
): string[] {
  return [
    ...bounds.map((bound, index) =>
      line(`${name}_bucket`, { ...labels, le: String(bound) }, atMost[index]),
    ),
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    line(`${name}_sum`, labels, value),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}${textOfLabels(labels)} ${value}`;
}

function textOfLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value)}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
}

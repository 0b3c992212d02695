import type {
  DependencyState,
  Health,
} from '@agentic-backstage/plugin-agentic-common';
import type { StreamSlots } from '../limits/StreamSlots';
import { metrics, type Metrics, type Reading } from './Metrics';
import type { GaugeKey } from './metricTable';
import {
  PORTAL_FIGURES,
  type FigureSources,
  type PortalGauge,
} from './portalFigures';

/** Several exporters may ask at once, and a scrape asks for every gauge: figures of this age are given again. */
const FRESH_MS = 5000;

const BREAKER_STATES: Readonly<Record<DependencyState['breaker'], number>> = {
  closed: 0,
  half_open: 1,
  open: 2,
};

/** Has every gauge read from the host from now on. Answers how to stop. */
export function watchHost(
  options: FigureSources & {
    dependencies: { states(): DependencyState[] };
    streams: Pick<StreamSlots, 'open'>;
    health: { report(): Promise<Health> };
    /** For tests. */
    into?: Metrics;
  },
): () => void {
  const { dependencies, streams, health, into = metrics } = options;
  const stops = [
    ...(Object.keys(PORTAL_FIGURES) as PortalGauge[]).map(key =>
      watchFigure(into, key, options),
    ),
    into.watch('breakerState', () =>
      dependencies
        .states()
        .map(({ id, breaker }) => [
          BREAKER_STATES[breaker],
          { dependency: id },
        ]),
    ),
    into.watch('dependencyCalls', () =>
      dependencies
        .states()
        .flatMap(({ id, running, queued }) => [
          [running, { dependency: id, state: 'running' }] as const,
          [queued, { dependency: id, state: 'queued' }] as const,
        ]),
    ),
    into.watch('sseSessions', () => [[streams.open, {}]]),
    into.watch('healthCheck', async () =>
      (await health.report()).checks.map(
        ({ id, status }) => [status === 'ok' ? 1 : 0, { check: id }] as const,
      ),
    ),
  ];
  return () => stops.forEach(stop => stop());
}

function watchFigure<K extends PortalGauge>(
  into: Metrics,
  key: K,
  sources: FigureSources,
): () => void {
  const read = PORTAL_FIGURES[key];
  return into.watch(
    key,
    remembered(() => read(sources)),
  );
}

function remembered<K extends GaugeKey>(
  read: () => Promise<readonly Reading<K>[]>,
): () => Promise<readonly Reading<K>[]> {
  let latest: { at: number; readings: ReturnType<typeof read> } | undefined;
  return () => {
    if (!latest || Date.now() - latest.at > FRESH_MS) {
      latest = { at: Date.now(), readings: read() };
    }
    return latest.readings;
  };
}

import { metricsReadPermission } from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import { metrics } from '../telemetry/Metrics';
import type { Access } from './access';

/** `/metrics`: what the answering process has measured, in Prometheus' text format. */
export function addMetricsRoutes(
  router: Router,
  options: { access: Access },
): void {
  const { access } = options;

  router.get('/metrics', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, metricsReadPermission);
    res
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await metrics.prometheusText());
  });
}

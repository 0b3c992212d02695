import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import type { Router } from 'express';
import type { Access } from './access';

/** `/catalog-entities`: what the catalog module brings into the catalog. Only for the catalog itself. */
export function addCatalogEntityRoutes(
  router: Router,
  options: { access: Access; records: AgenticRecords },
): void {
  router.get('/catalog-entities', async (req, res) => {
    await options.access.plugin(req, 'catalog');
    res.json({ items: await options.records.services.list() });
  });
}

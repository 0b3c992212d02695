import { secretReadPermission } from '@agentic-backstage/plugin-agentic-common';
import type { Request, Router } from 'express';
import { z } from 'zod';
import type { SecretService } from '../secrets/SecretService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import { wholeNumber } from './wholeNumber';

const MAX_ID = 2_147_483_647;

const AccessQuery = z
  .object({
    secret: z.string().max(400),
    workflowId: z.string().max(40),
    before: wholeNumber({ min: 1, max: MAX_ID }),
    limit: wholeNumber({ min: 1, max: 200 }),
  })
  .partial()
  .strict();

/** `/secrets`: what there is, what is due and who used what. No value ever leaves here, nor comes in. */
export function addSecretRoutes(
  router: Router,
  options: { access: Access; secrets: SecretService },
): void {
  const { access, secrets } = options;
  const requireRead = async (req: Request): Promise<void> => {
    const credentials = await access.credentials(req);
    await access.require(credentials, secretReadPermission);
  };

  router.get('/secrets', async (req, res) => {
    await requireRead(req);
    parseOrRefuse(z.object({}).strict(), req.query, 'query');
    res.json(await secrets.list());
  });

  router.get('/secrets/due', async (req, res) => {
    await requireRead(req);
    parseOrRefuse(z.object({}).strict(), req.query, 'query');
    res.json(await secrets.due());
  });

  router.get('/secrets/access', async (req, res) => {
    await requireRead(req);
    const query = parseOrRefuse(AccessQuery, req.query, 'query');
    res.json(await secrets.accessLog({ limit: 50, ...query }));
  });
}

import {
  GenerateRequest,
  workflowCreatePermission,
  type GenerateResponse,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import type { GenerateService } from '../service/GenerateService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

/** `/generate`: renders and checks files without a workflow and without any effect. */
export function addGenerateRoutes(
  router: Router,
  options: { access: Access; generate: GenerateService; readable: Readable },
): void {
  router.post('/generate', async (req, res) => {
    const { credentials, requester } = await options.access.requester(req);
    await options.access.require(credentials, workflowCreatePermission);
    const request = parseOrRefuse(GenerateRequest, req.body);
    const answer: GenerateResponse = await options.readable.naming(
      credentials,
      () => options.generate.generate(request, requester),
    );
    res.json(answer);
  });
}

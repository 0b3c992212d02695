import {
  ControlRequest,
  operationsReadPermission,
  RunSweepRequest,
  SweepRequest,
  sweeperRunPermission,
  workflowControlPermission,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import type { EnvironmentRules } from '../environments/EnvironmentRules';
import { checkMayOperate } from '../environments/checkEnvironment';
import type { Sweeper } from '../sweeper/Sweeper';
import type { UndoAgain } from '../sweeper/UndoAgain';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';

/**
 * `/sweeper`: look what could go, remove exactly that, see what was removed; and try again to undo
 * what could not be undone. Only people remove and undo.
 */
export function addSweeperRoutes(
  router: Router,
  options: {
    access: Access;
    readable: Readable;
    rules: EnvironmentRules;
    sweeper: Sweeper;
    undoAgain: UndoAgain;
  },
): void {
  const { access, readable, rules, sweeper, undoAgain } = options;

  router.get('/sweeper/runs', async (req, res) => {
    const credentials = await access.credentials(req);
    await access.require(credentials, operationsReadPermission);
    res.json({ items: await sweeper.latest() });
  });

  router.post('/sweeper/dry-run', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    await access.require(credentials, operationsReadPermission);
    parseOrRefuse(SweepRequest, req.body);
    res.json(await sweeper.dryRun(requester.userEntityRef));
  });

  router.post('/sweeper/run', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    await access.require(credentials, sweeperRunPermission);
    const { reportDigest, reason } = parseOrRefuse(RunSweepRequest, req.body);
    const by = person.userEntityRef;
    res.status(202).json(await sweeper.run({ reportDigest, by, reason }));
  });

  router.post('/workflows/:id/effects/:effectId/undo', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    await access.requireFor(credentials, workflowControlPermission, row);
    checkMayOperate(rules, row, person);
    const { reason } = parseOrRefuse(ControlRequest, req.body);
    res.json(
      await undoAgain.undo({
        workflowId: row.id,
        effectId: req.params.effectId,
        by: person.userEntityRef,
        reason,
      }),
    );
  });
}

import {
  EngageKillSwitchRequest,
  killSwitchUsePermission,
  ReleaseKillSwitchRequest,
} from '@agentic-backstage/plugin-agentic-common';
import type { Router } from 'express';
import type { KillSwitchService } from '../killSwitch/KillSwitchService';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';

/** `/kill-switch`: see what is stopped, stop (people and machines), release (people only). */
export function addKillSwitchRoutes(
  router: Router,
  options: {
    access: Access;
    killSwitch: KillSwitchService;
  },
): void {
  const { access, killSwitch } = options;

  router.get('/kill-switch', async (req, res) => {
    // No permission: whoever's work is held may read by whom and why.
    await access.credentials(req);
    res.json(await killSwitch.state());
  });

  router.post('/kill-switch', async (req, res) => {
    const { credentials, requester } = await access.requester(req);
    await access.require(credentials, killSwitchUsePermission);
    const order = parseOrRefuse(EngageKillSwitchRequest, req.body);
    const { stop, created } = await killSwitch.engage({
      agent: 'agent' in order ? order.agent : undefined,
      reason: order.reason,
      by: requester.userEntityRef,
    });
    res.status(created ? 201 : 200).json(stop);
  });

  router.post('/kill-switch/release', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    await access.require(credentials, killSwitchUsePermission);
    const order = parseOrRefuse(ReleaseKillSwitchRequest, req.body);
    res.json(
      await killSwitch.release(
        {
          agent: 'agent' in order ? order.agent : undefined,
          reason: order.reason,
        },
        person,
      ),
    );
  });
}

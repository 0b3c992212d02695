import type { AgentLanes } from '@agentic-backstage/plugin-agentic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../../__fixtures__/FakeAgenticApi';
import { anAgent } from '../../__fixtures__/sampleAgents';
import { renderPage } from '../../__testUtils__/renderPage';
import { LaneCell } from './LaneCell';

const LANES: AgentLanes = {
  agent: 'deployment',
  declared: 'execute',
  promoted: 'dry_run',
  effective: 'dry_run',
  next: 'execute',
  changes: [
    {
      seq: 4,
      from: 'read_only',
      to: 'dry_run',
      source: 'person',
      changedBy: 'user:default/ben',
      reason: 'Two weeks of reading',
      agentVersion: '1.0.0',
      at: '2026-11-01T10:00:00.000Z',
    },
  ],
};

async function openDialog(lanes: AgentLanes = LANES) {
  const api = new FakeAgenticApi({ lanes: [lanes] });
  const agent = anAgent({ effectiveLane: lanes.effective });
  renderPage(<LaneCell agent={agent} onChanged={() => {}} />, { api });
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', {
      name: 'Change the lane of Deployment',
    }),
  );
  const dialog = within(
    await screen.findByRole('dialog', { name: 'Lane of Deployment' }),
  );
  return { api, user, dialog };
}

describe('LaneDialog', () => {
  it('promotes one rung with what was seen', async () => {
    const { api, user, dialog } = await openDialog();
    const promote = await dialog.findByRole('button', { name: 'Promote' });
    expect(promote).toBeDisabled();
    await user.type(dialog.getByLabelText(/What was seen/), 'Good dry runs');
    await user.type(dialog.getByLabelText(/Workflows looked at/), 'wf-1, wf-2');
    await user.type(dialog.getByLabelText(/Reason/), 'Ready');
    await user.click(promote);
    await waitFor(() =>
      expect(api.requestsOf('changeAgentLane')).toEqual([
        {
          agentId: 'deployment',
          lane: 'execute',
          reason: 'Ready',
          evidence: { seen: 'Good dry runs', workflows: ['wf-1', 'wf-2'] },
          after: 4,
        },
      ]),
    );
  });

  it('puts an agent lower with a reason alone', async () => {
    const { api, user, dialog } = await openDialog({
      ...LANES,
      promoted: 'execute',
      effective: 'execute',
      next: undefined,
    });
    await user.type(await dialog.findByLabelText(/Reason/), 'It broke things');
    await user.click(
      dialog.getByRole('button', { name: 'Put into this lane' }),
    );
    await waitFor(() =>
      expect(api.requestsOf('changeAgentLane')).toEqual([
        {
          agentId: 'deployment',
          lane: 'read_only',
          reason: 'It broke things',
          after: 4,
        },
      ]),
    );
  });

  it('shows how the agent came by its lane', async () => {
    const { dialog } = await openDialog();
    expect(await dialog.findByText(/Two weeks of reading/)).toBeInTheDocument();
  });
});

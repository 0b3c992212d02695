import {
  laneAllows,
  LANES,
  type AgentLanes,
  type ChangeLaneRequest,
  type Lane,
  type LaneEvidence,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';

/** The rung above a lane, if there is one the agent asks for. */
export function nextLane(declared: Lane, promoted: Lane): Lane | undefined {
  const next: Lane | undefined = LANES[LANES.indexOf(promoted) + 1];
  return next && laneAllows(declared, next) ? next : undefined;
}

/**
 * What is wrong with a person's wish to change an agent's lane. Down is always allowed; up goes one
 * rung at a time, not above what the agent asks for, and only with evidence: to `execute` that is at
 * least one workflow with dry runs of this agent on record.
 */
export function checkLaneChange(
  lanes: Pick<AgentLanes, 'agent' | 'declared' | 'promoted'>,
  wish: ChangeLaneRequest,
  found: LaneEvidence['workflows'],
): Problem[] {
  const { agent, declared, promoted } = lanes;
  const { lane, evidence } = wish;
  if (lane === promoted) {
    return [
      {
        field: 'lane',
        message: `Agent '${agent}' is in lane ${promoted} already.`,
        remedy: 'Choose another lane.',
      },
    ];
  }
  if (laneAllows(promoted, lane)) {
    return [];
  }
  const next = nextLane(declared, promoted);
  if (lane !== next) {
    return [
      {
        field: 'lane',
        message: `Agent '${agent}' is in lane ${promoted} and declares at most ${declared}, so it cannot be promoted to ${lane}.`,
        remedy: next
          ? `Promote it one rung, to ${next}, and look at what it does there.`
          : 'Declare the higher lane in the agent first.',
      },
    ];
  }
  if (!evidence) {
    return [
      {
        field: 'evidence',
        message: 'A promotion needs evidence.',
        remedy: `Say what you saw of '${agent}', and name the workflows in which you saw it.`,
      },
    ];
  }
  const problems: Problem[] = (evidence.workflows ?? [])
    .filter(id => !found.some(({ workflowId }) => workflowId === id))
    .map(id => ({
      field: 'evidence.workflows',
      message: `Agent '${agent}' has no task in a workflow '${id}'.`,
      remedy: 'Name workflows that it worked on.',
    }));
  if (lane === 'execute' && !found.some(({ dryRuns }) => dryRuns > 0)) {
    problems.push({
      field: 'evidence.workflows',
      message: `No dry run of '${agent}' is on record in the workflows named.`,
      remedy:
        'Let it work on a workflow in lane dry_run, look at its dry runs, and name that workflow.',
    });
  }
  return problems;
}

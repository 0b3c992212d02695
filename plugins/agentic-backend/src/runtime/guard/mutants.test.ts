import { runMutant, type Mutation } from './__testUtils__/runMutant';

jest.setTimeout(600_000);

/** Takes one gate out of the list in createGates. */
const without = (gate: string): Mutation => ({
  from: new RegExp(`\\n    ${gate.replace(/[()]/g, '\\$&')},?(?=\\n)`),
  to: '',
});
const instead = (from: string, to: string): Mutation => ({ from, to });

/** The ledger asks again in the transaction that begins an effect: what a gate alone would let through stops there. */
const lastWord = {
  onStatus: instead(
    'onlyIn: ["proposed", "started", "unknown", "failed"],',
    '',
  ),
  onApproval: instead(
    '{ id: underApproval, status: "approved" }',
    '{ id: underApproval }',
  ),
};

/** More than enough: most are found within fifty lives. */
const RUNS = 2000;
const SEED = 7;

/** What is taken from the guard, and what then happens to somebody. */
const MUTANTS: Array<[string, Mutation | Mutation[], RegExp]> = [
  // gates
  ['gate declared', without('declaredGate'), /has not declared the tool/],
  ['gate lane', without('laneGate'), /waits for a promotion that cannot come/],
  [
    'gate promotion',
    without('promotionGate(lanes)'),
    /is in lane (read_only|dry_run)/,
  ],
  [
    'gate tool_kind',
    without('toolKindGate(registry)'),
    /calls an effect as a read was not refused by a gate/,
  ],
  [
    'gate not_undone, and the last word on it',
    [without('notUndoneGate'), lastWord.onStatus],
    /was undone before under the same record/,
  ],
  [
    'gate verdict',
    without('verdictGate'),
    /the verdict on record is not what policy says/,
  ],
  [
    'gate dry_run',
    without('dryRunGate'),
    /no dry run of these parameters is stored/,
  ],
  [
    'gate approved, and the last word on it',
    [without('approvedGate'), lastWord.onApproval],
    /it is not approved/,
  ],
  [
    'gate approved_plan',
    without('approvedPlanGate'),
    /what was approved is another plan/,
  ],
  [
    'gate approval_expiry',
    without('approvalExpiryGate'),
    /its approval has expired/,
  ],
  [
    'gate approved_scope',
    without('approvedScopeGate'),
    /no dry run of these parameters|what was approved is not what is there now/,
  ],
  [
    'gate signatures',
    instead('signaturesGate(config.approvals), ', ''),
    /signatures are missing/,
  ],
  [
    'gate kill_switch',
    instead('first: [killSwitchGate(killSwitch)]', 'first: []'),
    /agents are stopped/,
  ],
  [
    'gate critic',
    instead(', criticGate(options)', ''),
    /the critic has not let it pass|the verdict of the critic has run out/,
  ],
  [
    'gate environment',
    instead('more: [environmentGate, ', 'more: ['),
    /its requester may not ask for it/,
  ],
  [
    'gate local_target',
    instead(' localTargetGate,', ''),
    /another replica would not see what it makes/,
  ],
  ['gate limits', instead(' limitsGate,', ''), /it was not counted/],
  [
    'what is left of a budget does not matter',
    instead('if (reason !== void 0) throw new NotCounted(reason);', ''),
    /its run has used up its budget/,
  ],
  [
    'gate loops',
    instead('limitsGate, loopGate]', 'limitsGate]'),
    /it has failed three times, and no person has looked/,
  ],
  [
    'the order of signatures, and the last word on it',
    [
      instead(
        'const inOrder = policy.order === "fixed" || approval.chain?.order === "fixed";',
        'const inOrder = false;',
      ),
      instead('chain?.order === "fixed" && approval', 'false && approval'),
    ],
    /the final approver signed before the strategic one/,
  ],
  // steps
  [
    'the dry run is made up',
    instead(
      'redactDeep(await tool.dryRun(params, lent))',
      '({ summary: "", changes: [{ action: "create", resource: "x", detail: "x" }], warnings: [] })',
    ),
    /no dry run of these parameters is stored/,
  ],
  [
    'policy is not asked',
    {
      from: /await this\.#policy\.decide\(\{\s+kind: "effect"[\s\S]*?\n {4}\}\)/,
      to: '{ decision: "allow", reasons: [], violations: [], evaluators: [] }',
    },
    /policy was not asked/,
  ],
  [
    'the beginning is not on record',
    instead('await this.#ledger.begin(effect);', ''),
    /it was not on record as begun/,
  ],
  [
    'the idempotency key is dropped',
    instead(
      'idempotencyKey: effectId, effectId',
      'idempotencyKey: "", effectId',
    ),
    /its key is of no effect on record/,
  ],
  [
    'nobody looks before a second try',
    instead('if (effect.status !== "proposed")', 'if (false)'),
    /it was executed before, and nobody has looked since/,
  ],
  [
    'nobody looks afterwards',
    {
      from: /seen = await readBackPatiently\([\s\S]*?readBackPauseMs\s+\}\);/,
      to: 'seen = { state: "confirmed", evidence: "", observedAt: "" };',
    },
    /is confirmed, but nobody saw it/,
  ],
  [
    'what is seen does not matter',
    instead(
      'status: seen.state === "confirmed" ? "confirmed" : "unknown"',
      'status: "confirmed"',
    ),
    /is confirmed, but nobody saw it/,
  ],
  [
    'a task is completed without its effects',
    {
      from: /\(effect\) => effect\.status !== "confirmed" && (\w+)\.lane === "execute"/,
      to: '() => false',
    },
    /is completed without \w+ confirmed/,
  ],
  [
    'the scope does not cover parameters',
    { from: /paramsDigest: digestOf\d*\(params\)\n/, to: 'paramsDigest: ""\n' },
    /no dry run of these parameters|what was approved is not what is there now/,
  ],
];

/** `AGENTIC_GUARD_MUTANTS=all` makes every mutant, `npm test` two. */
const all =
  process.env.AGENTIC_GUARD_MUTANTS === 'all' || process.env.AGENTIC_TEST_FULL;
const made = MUTANTS.filter((_mutant, index) => all || index % 15 === 0);

describe('a guard from which one thing was taken', () => {
  it('is the real one when nothing was', async () => {
    expect(await runMutant([], { runs: 60 })).toMatchObject({
      failed: false,
      violations: [],
    });
  });

  it.each(made)('%s', async (_what, mutation, violation) => {
    const outcome = await runMutant([mutation].flat(), {
      runs: RUNS,
      seed: SEED,
    });
    expect(outcome.violations.join('\n')).toMatch(violation);
  });
});

/** What is measured, and what it may be narrowed by. Labels take few values: never an id or a name of a person. */
export interface MetricDeclaration {
  /** As OpenTelemetry knows it. It carries its unit, so that every way to Prometheus gives the same name. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** In the notation of UCUM; in braces what is counted. */
  readonly unit: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** `replica`: each process counts its own, add them up. `portal`: read from the database, all say the same. */
  readonly of: 'portal' | 'replica';
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

/** From half a millisecond to ten seconds: what a request or a look takes. */
const QUICK = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];
/** From a tenth of a second to ten minutes: what machines work on. */
const WORK = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
/** From ten seconds to three days: what waits for people. */
const PEOPLE = [
  10, 30, 60, 300, 900, 3600, 14_400, 43_200, 86_400, 172_800, 259_200,
];

/**
 * Every metric of the framework. Nothing else is exported, `docs/metrics.md` is checked against it,
 * and so are the dashboards and alert rules.
 */
export const METRICS = {
  acceptDuration: {
    name: 'agentic.workflow.accept.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time from a request for a workflow to its answer',
    labels: ['outcome'],
    of: 'replica',
    buckets: QUICK,
  },
  workflowDuration: {
    name: 'agentic.workflow.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time from the request to the end of a workflow, waiting for people included',
    labels: ['phase', 'environment'],
    of: 'replica',
    buckets: PEOPLE,
  },
  workflows: {
    name: 'agentic.workflows',
    type: 'gauge',
    unit: '{workflow}',
    help: 'Workflows that are not at their end',
    labels: ['phase'],
    of: 'portal',
  },
  tasks: {
    name: 'agentic.tasks',
    type: 'gauge',
    unit: '{task}',
    help: 'Tasks under way',
    labels: ['status'],
    of: 'portal',
  },
  tasksHeld: {
    name: 'agentic.tasks.held',
    type: 'gauge',
    unit: '{task}',
    help: 'Tasks that a gate holds although nothing is wrong with them',
    labels: ['gate'],
    of: 'portal',
  },
  taskDuration: {
    name: 'agentic.task.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time an agent worked on one attempt at a task',
    labels: ['agent', 'outcome'],
    of: 'replica',
    buckets: WORK,
  },
  stageDuration: {
    name: 'agentic.task.stage.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time one stage of a task took',
    labels: ['agent', 'stage', 'outcome'],
    of: 'replica',
    buckets: WORK,
  },
  gateDuration: {
    name: 'agentic.guard.gate.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'What one gate adds to a call: the overhead of the guard',
    labels: ['gate'],
    of: 'replica',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1],
  },
  gateRefusals: {
    name: 'agentic.guard.refusals',
    type: 'counter',
    unit: '{call}',
    help: 'Calls that a gate did not let pass: for good (fail) or for now (hold)',
    labels: ['gate', 'stage', 'outcome'],
    of: 'replica',
  },
  toolDuration: {
    name: 'agentic.tool.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time a tool took for one call',
    labels: ['tool', 'operation', 'outcome'],
    of: 'replica',
    buckets: WORK,
  },
  effectChanges: {
    name: 'agentic.effects',
    type: 'counter',
    unit: '{effect}',
    help: 'Effects that came to a status: started, confirmed, unknown, failed, rolled_back, rollback_failed',
    labels: ['tool', 'status'],
    of: 'replica',
  },
  approvalsOpen: {
    name: 'agentic.approvals.open',
    type: 'gauge',
    unit: '{approval}',
    help: 'Approvals that wait for a decision',
    labels: [],
    of: 'portal',
  },
  oldestApproval: {
    name: 'agentic.approvals.oldest.age.seconds',
    type: 'gauge',
    unit: 's',
    help: 'Age of the approval that has waited longest; 0 when none waits',
    labels: [],
    of: 'portal',
  },
  decisionDuration: {
    name: 'agentic.approval.decision.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time from asking for an approval to the decision of a person',
    labels: ['role', 'decision'],
    of: 'replica',
    buckets: PEOPLE,
  },
  outboxEntries: {
    name: 'agentic.outbox.entries',
    type: 'gauge',
    unit: '{entry}',
    help: 'Events and notifications that are not delivered: pending, or dead after three failures',
    labels: ['status'],
    of: 'portal',
  },
  outboxLag: {
    name: 'agentic.outbox.lag.seconds',
    type: 'gauge',
    unit: 's',
    help: 'Age of the oldest entry that is not delivered and not dead; 0 when there is none',
    labels: [],
    of: 'portal',
  },
  outboxDeliveries: {
    name: 'agentic.outbox.deliveries',
    type: 'counter',
    unit: '{entry}',
    help: 'Tries to deliver an entry of the outbox: delivered, failed, dead, waiting',
    labels: ['kind', 'outcome'],
    of: 'replica',
  },
  breakerState: {
    name: 'agentic.breaker.state',
    type: 'gauge',
    unit: '{state}',
    help: 'Breaker of something the framework leans on: 0 closed, 1 half open, 2 open',
    labels: ['dependency'],
    of: 'replica',
  },
  dependencyCalls: {
    name: 'agentic.dependency.calls',
    type: 'gauge',
    unit: '{call}',
    help: 'Calls to something the framework leans on: running, or waiting for a place',
    labels: ['dependency', 'state'],
    of: 'replica',
  },
  sseSessions: {
    name: 'agentic.sse.sessions',
    type: 'gauge',
    unit: '{session}',
    help: 'Open event streams of browsers',
    labels: [],
    of: 'replica',
  },
  engineRuns: {
    name: 'agentic.engine.runs',
    type: 'gauge',
    unit: '{run}',
    help: 'Runs the engine holds as not ended, those that wait for people included',
    labels: [],
    of: 'portal',
  },
  engineSteps: {
    name: 'agentic.engine.steps.running',
    type: 'gauge',
    unit: '{step}',
    help: 'Steps the engine has this process work on at this moment',
    labels: ['kind'],
    of: 'replica',
  },
  stepDuration: {
    name: 'agentic.engine.step.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time of one step of the engine',
    labels: ['kind', 'outcome'],
    of: 'replica',
    buckets: WORK,
  },
  usage: {
    name: 'agentic.usage.month',
    type: 'gauge',
    unit: '{unit}',
    help: 'Steps, tokens and money that all teams have used in this month (UTC)',
    labels: ['measure'],
    of: 'portal',
  },
  budgetShare: {
    name: 'agentic.budget.used.share',
    type: 'gauge',
    unit: '{share}',
    help: 'Share of its budget that the team which used most has used; 1 is all of it',
    labels: ['period', 'measure'],
    of: 'portal',
  },
  sweeperAge: {
    name: 'agentic.sweeper.last.age.seconds',
    type: 'gauge',
    unit: 's',
    help: 'Time since the sweeper finished last; absent when it never had anything to do',
    labels: [],
    of: 'portal',
  },
  sweeperItems: {
    name: 'agentic.sweeper.last.items',
    type: 'gauge',
    unit: '{item}',
    help: 'What became of the things in the latest sweep',
    labels: ['outcome'],
    of: 'portal',
  },
  stops: {
    name: 'agentic.kill.switches.engaged',
    type: 'gauge',
    unit: '{stop}',
    help: 'Stops that hold: of one agent, or of all',
    labels: [],
    of: 'portal',
  },
  replicas: {
    name: 'agentic.replicas',
    type: 'gauge',
    unit: '{process}',
    help: 'Processes of the portal that work on the database',
    labels: [],
    of: 'portal',
  },
  healthCheck: {
    name: 'agentic.health.check',
    type: 'gauge',
    unit: '{state}',
    help: '1 when the check passes, 0 when it fails or is starting',
    labels: ['check'],
    of: 'replica',
  },
  requestDuration: {
    name: 'agentic.http.request.duration.seconds',
    type: 'histogram',
    unit: 's',
    help: 'Time of one request to the API, event streams left out',
    labels: ['operation', 'status'],
    of: 'replica',
    buckets: QUICK,
  },
} as const satisfies Readonly<Record<string, MetricDeclaration>>;

export type MetricTable = typeof METRICS;

type KeysOf<T extends MetricDeclaration['type']> = {
  [K in keyof MetricTable]: MetricTable[K]['type'] extends T ? K : never;
}[keyof MetricTable];

export type CounterKey = KeysOf<'counter'>;
export type GaugeKey = KeysOf<'gauge'>;
export type HistogramKey = KeysOf<'histogram'>;

/** Exactly the labels a metric is declared with. */
export type LabelsOf<K extends keyof MetricTable> = Readonly<
  Record<MetricTable[K]['labels'][number], string>
>;

/** The name under which Prometheus has a metric, whichever way it came there. */
export function prometheusName({
  name,
  type,
}: Pick<MetricDeclaration, 'name' | 'type'>): string {
  const plain = name.replaceAll('.', '_');
  return type === 'counter' ? `${plain}_total` : plain;
}

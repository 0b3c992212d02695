import type { ChangeKind } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { fromNullableJson } from '../../database/rows';
import type { IncidentFact } from '../IncidentFact';
import { uncounted } from './uncounted';

interface Row {
  id: number;
  chain: string;
  kind: RecordedKind;
  subject: string;
  body: string | null;
  service_name: string | null;
  environment: string | null;
}

type RecordedKind = Extract<
  ChangeKind,
  | 'effect.unknown'
  | 'effect.undo_failed'
  | 'loop.stopped'
  | 'agents.stopped'
  | 'record.broken'
>;

/** What is read of payloads; one that was erased says nothing, and the fact still counts. */
const Payload = z
  .object({
    tool: z.string(),
    reason: z.string(),
    engagedBy: z.string(),
    agent: z.string(),
    inFlight: z.number(),
    problems: z.array(z.object({ message: z.string() })),
  })
  .partial();
type Payload = z.infer<typeof Payload>;

type Described = Pick<
  IncidentFact,
  'source' | 'subject' | 'title' | 'text' | 'links'
>;

const DESCRIBE: Readonly<
  Record<RecordedKind, (row: Row, payload: Payload) => Described | undefined>
> = {
  'effect.unknown': (row, { tool = 'a tool' }) => ({
    source: 'effect_unknown',
    subject: `${placeOf(row)}/${tool}`,
    title: `${placeOf(row)}: nobody knows whether '${tool}' was carried out`,
    text: `The read-back of ${row.subject} did not find what '${tool}' should have done. Look at the world, then retry the task or undo the effect.`,
    links: { workflowId: row.chain, effectId: idOf(row) },
  }),
  'effect.undo_failed': (row, { tool = 'a tool' }) => ({
    source: 'undo_failed',
    subject: `${placeOf(row)}/${tool}`,
    title: `${placeOf(row)}: '${tool}' could not be undone`,
    text: `${row.subject} is still there after the undoing. Remove what holds it and try to undo it again on the operations page.`,
    links: { workflowId: row.chain, effectId: idOf(row) },
  }),
  'loop.stopped': (
    row,
    { tool = 'a tool', reason = 'a call was repeated' },
  ) => ({
    source: 'loop',
    subject: `${placeOf(row)}/${tool}`,
    title: `${placeOf(row)}: '${tool}' went round in circles`,
    text: `${reason}. Nothing more is tried until somebody retries the workflow.`,
    links: { workflowId: row.chain, taskId: idOf(row) },
  }),
  'agents.stopped': (
    _row,
    { agent, inFlight = 0, engagedBy = 'somebody', reason = '' },
  ) =>
    // A stop that holds up nothing is a precaution.
    inFlight === 0
      ? undefined
      : {
          source: 'agents_stopped',
          subject: agent ?? 'all',
          title: `${
            agent ? `Agent ${agent}` : 'All agents'
          } stopped with work in flight`,
          text: `${engagedBy}: ${reason}. Tasks under way that now wait: ${inFlight}.`,
          links: { agent },
        },
  'record.broken': (row, { problems = [] }) => ({
    source: 'record_broken',
    subject: idOf(row),
    title: `The change record '${idOf(row)}' is not what was recorded`,
    text:
      problems[0]?.message ??
      'The self-check found it; the audit page shows where',
    links: { workflowId: idOf(row) },
  }),
};

/** Entries of the change record that take people and have not been counted, oldest first. */
export async function findRecordedFacts(
  knex: Knex,
  options: { since: string; limit: number },
): Promise<IncidentFact[]> {
  const query = knex('record_entries as entry')
    .leftJoin('record_payloads as payload', join =>
      join.on('payload.chain', 'entry.chain').andOn('payload.seq', 'entry.seq'),
    )
    .leftJoin('workflows', 'workflows.id', 'entry.chain')
    .whereIn('entry.kind', Object.keys(DESCRIBE))
    .where('entry.at', '>=', options.since)
    .orderBy('entry.id')
    .limit(options.limit)
    .select<Row[]>(
      'entry.id',
      'entry.chain',
      'entry.kind',
      'entry.subject',
      'payload.body',
      'workflows.service_name',
      'workflows.environment',
    );
  uncounted(query, knex, 'record', 'entry.id');
  const rows: Row[] = await query;
  return rows.flatMap(row => {
    const parsed = Payload.safeParse(fromNullableJson(row.body) ?? {});
    const described = DESCRIBE[row.kind](row, parsed.data ?? {});
    return described
      ? [
          {
            ...described,
            factId: `record:${row.id}`,
            serviceName: row.service_name ?? undefined,
            environment: row.environment ?? undefined,
          },
        ]
      : [];
  });
}

function placeOf(row: Row): string {
  return row.service_name
    ? `${row.service_name} in ${row.environment}`
    : row.chain;
}

function idOf({ subject }: Row): string {
  return subject.slice(subject.indexOf(':') + 1);
}

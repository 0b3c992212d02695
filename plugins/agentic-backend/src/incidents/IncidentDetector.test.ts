import type {
  ChangeKind,
  DependencyState,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { recordAlone } from '../changeRecord/ChangeRecord';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { createDatabaseRecords } from '../database/DatabaseRecords';
import { DEFAULT_LIMITS } from '../resilience/dependencyLimits';
import {
  inProcess,
  ModelProcess,
  openCrashableDatabase,
} from '../runtime/guard/__testUtils__/CrashingKnex';
import { IncidentDetector } from './IncidentDetector';
import { IncidentReports } from './IncidentReports';
import { DEFAULT_INCIDENTS } from './IncidentSettings';

const databases = testDatabases();
const LONG_AGO = '2020-01-01T00:00:00.000Z';

function detectorOf(knex: Knex): IncidentDetector {
  const reports = new IncidentReports({
    knex,
    settings: DEFAULT_INCIDENTS,
    fallback: ['group:default/leads'],
    isProduction: () => false,
  });
  return new IncidentDetector({ knex, reports, logger: quietLogger });
}

function recorded(kind: ChangeKind, subject: string, payload: object) {
  return (knex: Knex) =>
    recordAlone(knex, {
      chain: 'wf-1',
      kind,
      actor: 'system',
      subject,
      payload,
    });
}

const now = () => new Date().toISOString();

function deadLetter(kind: string, payload: object, at = now()) {
  return (knex: Knex) =>
    knex('outbox').insert({
      event_id: `${kind}-${at}`,
      kind,
      payload: JSON.stringify(payload),
      status: 'dead',
      attempts: 3,
      due_at: at,
      created_at: at,
      error: 'refused',
    });
}

function deployment(effectStatus: string, stoppedAt = now()) {
  return async (knex: Knex) => {
    await createDatabaseRecords(knex).deployments.put({
      deploymentId: 'dep-1',
      workflowId: 'wf-1',
      serviceName: 'orders',
      environment: 'staging',
      version: '7',
      target: 'sample',
      isolation: 'not isolated',
      status: 'failed',
      startedAt: LONG_AGO,
      stoppedAt,
      effectId: 'wf-1.t1.process',
      handle: { reason: 'its port is taken' },
    });
    await knex('effects').insert({
      effect_id: 'wf-1.t1.process',
      workflow_id: 'wf-1',
      task_id: 't1',
      effect_key: 'process',
      round: 1,
      position: 0,
      tool: 'process.deploy',
      status: effectStatus,
      params: '{}',
      params_digest: '',
      blast_radius: '{}',
      dry_run: '{}',
      verdict: '{}',
      rollback_strategy: '',
    });
  };
}

describe.each(databases.names)('IncidentDetector on %s', name => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
  });

  it.each<[string, (on: Knex) => Promise<unknown>, RegExp, object]>([
    [
      'an effect that nobody could confirm',
      recorded('effect.unknown', 'effect:wf-1.t1.git', { tool: 'git.publish' }),
      /nobody knows whether 'git.publish' was carried out/,
      { source: 'effect_unknown', workflow_id: 'wf-1' },
    ],
    [
      'an effect that could not be undone',
      recorded('effect.undo_failed', 'effect:wf-1.t1.git', { tool: 'git.x' }),
      /'git.x' could not be undone/,
      { source: 'undo_failed', severity: 'high' },
    ],
    [
      'a loop that was stopped',
      recorded('loop.stopped', 'task:t1', { tool: 'git.x', reason: 'Thrice' }),
      /'git.x' went round in circles/,
      { source: 'loop' },
    ],
    [
      'a stop that holds up work',
      recorded('agents.stopped', 'agents:all', {
        engagedBy: 'user:default/ben',
        reason: 'a leak',
        inFlight: 2,
      }),
      /All agents stopped with work in flight/,
      { source: 'agents_stopped', severity: 'high' },
    ],
    [
      'a change record that was tampered with',
      recorded('record.broken', 'chain:wf-9', { problems: [] }),
      /change record 'wf-9' is not what was recorded/,
      { source: 'record_broken', severity: 'critical', workflow_id: 'wf-9' },
    ],
    [
      'an event that could not be delivered',
      deadLetter('event', {
        'detail-type': 'workflow.completed',
        detail: { workflow_id: 'wf-1' },
      }),
      /An event 'workflow.completed' could not be delivered/,
      { source: 'dead_letter', workflow_id: 'wf-1' },
    ],
    [
      'a message that could not be delivered',
      deadLetter('notification', { title: 'Please sign' }),
      /A message to people could not be delivered/,
      { source: 'dead_letter', severity: 'low' },
    ],
    [
      'a version that had been seen to run and does not',
      deployment('confirmed'),
      /orders in staging is not healthy/,
      { source: 'deployment', service_name: 'orders', severity: 'high' },
    ],
  ])('finds %s, once', async (_what, happen, title, columns) => {
    await happen(knex);
    expect(await detectorOf(knex).detect()).toBe(1);
    expect(await detectorOf(knex).detect()).toBe(0);
    expect(await knex('incidents')).toEqual([
      expect.objectContaining({
        title: expect.stringMatching(title),
        occurrences: 1,
        ...columns,
      }),
    ]);
  });

  it.each<[string, (on: Knex) => Promise<unknown>]>([
    [
      'a stop that holds up nothing',
      recorded('agents.stopped', 'agent:maker', {
        agent: 'maker',
        inFlight: 0,
      }),
    ],
    ['a version that never ran', deployment('failed')],
    [
      'a version that ended before the last days',
      deployment('confirmed', LONG_AGO),
    ],
    ['an event of long ago', deadLetter('event', {}, LONG_AGO)],
    ['an effect that was confirmed', recorded('effect.confirmed', 'e:1', {})],
  ])('passes over %s', async (_what, happen) => {
    await happen(knex);
    expect(await detectorOf(knex).detect()).toBe(0);
    expect(await knex('incidents')).toEqual([]);
  });

  const git = (breaker: DependencyState['breaker']): DependencyState => ({
    id: 'tool:git',
    kind: 'tool',
    breaker,
    since: now(),
    failures: 5,
    lastFailure: { at: now(), message: 'no route' },
    running: 0,
    queued: 0,
    limits: DEFAULT_LIMITS,
  });

  it('opens one for a breaker and notes that it closed', async () => {
    const detector = detectorOf(knex);
    detector.breakerChanged(git('open'));
    await sleep(2);
    detector.breakerChanged(git('closed'));
    await detector.detect();
    const [incident, ...others] = await knex('incidents');
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      source: 'dependency',
      title: "'tool:git' is away",
      severity: 'medium',
      links: JSON.stringify({ dependency: 'tool:git' }),
    });
    const entries = await knex('incident_entries').orderBy('id');
    expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'recovered']);
  });

  it('keeps what breakers say until the database takes it', async () => {
    const detector = detectorOf(knex);
    await knex.schema.renameTable('incidents', 'incidents_away');
    detector.breakerChanged(git('open'));
    await sleep(100);
    expect(await detector.detect()).toBe(0);
    await knex.schema.renameTable('incidents_away', 'incidents');
    await detector.detect();
    expect(await knex('incidents')).toHaveLength(1);
  });
});

describe('a process that dies while it writes incidents down', () => {
  it('loses no fact and counts none twice, at whichever statement it dies', async () => {
    const knex = openCrashableDatabase();
    await AgenticDatabase.create({ getClient: async () => knex });
    const happen = recorded('loop.stopped', 'task:t1', { tool: 'git.publish' });
    let survived = 0;
    let facts = 0;
    // The statements of one look with one new fact are fewer than these.
    for (let statement = 1; survived < 3 && statement < 60; statement++) {
      await happen(knex);
      facts += 1;
      const process = new ModelProcess();
      process.dieAfter(statement);
      await inProcess(process, () => detectorOf(knex).detect());
      survived += process.dead ? 0 : 1;
      await detectorOf(knex).detect();
      expect(await knex('incidents').select('occurrences')).toEqual([
        { occurrences: facts },
      ]);
      expect(await knex('incident_entries')).toHaveLength(facts);
    }
    expect(survived).toBe(3);
    expect(facts).toBeGreaterThan(10);
    expect(await knex('outbox').select('kind')).toEqual([
      { kind: 'notification' },
      { kind: 'event' },
    ]);
    expect(
      await knex('record_entries').where('kind', 'incident.opened'),
    ).toHaveLength(1);
    await knex.destroy();
  });

  it('tells people of one that is opened once, at whichever statement it dies', async () => {
    const knex = openCrashableDatabase();
    await AgenticDatabase.create({ getClient: async () => knex });
    let survived = 0;
    let facts = 0;
    for (let statement = 1; survived < 3 && statement < 60; statement++) {
      facts += 1;
      await recorded('loop.stopped', 'task:t1', { tool: `tool-${facts}` })(
        knex,
      );
      const process = new ModelProcess();
      process.dieAfter(statement);
      await inProcess(process, () => detectorOf(knex).detect());
      survived += process.dead ? 0 : 1;
      await detectorOf(knex).detect();
    }
    expect(survived).toBe(3);
    expect(facts).toBeGreaterThan(10);
    for (const kind of ['notification', 'event']) {
      expect(await knex('outbox').where({ kind })).toHaveLength(facts);
    }
    expect(await knex('incidents').where('occurrences', 1)).toHaveLength(facts);
    await knex.destroy();
  });
});

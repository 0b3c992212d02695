import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { aFact } from './__testUtils__/aFact';
import { IncidentEscalation } from './IncidentEscalation';
import { IncidentReports } from './IncidentReports';
import { incidentRows } from './incidentRows';
import { IncidentService } from './IncidentService';
import type { IncidentSettings } from './IncidentSettings';

const databases = testDatabases();
const ADA = 'user:default/ada';
const BEN = 'user:default/ben';
const MINUTE_MS = 60_000;

const SETTINGS: IncidentSettings = {
  escalation: ['group:default/on-call', 'group:default/leads', BEN],
  escalateAfterMs: 15 * MINUTE_MS,
  reopenWithinMs: 60 * MINUTE_MS,
};

describe.each(databases.names)('incidents on %s', name => {
  let knex: Knex;
  let reports: IncidentReports;
  let service: IncidentService;
  let escalation: IncidentEscalation;

  const build = (settings: IncidentSettings) => {
    const options = { knex, settings, fallback: ['group:default/architects'] };
    reports = new IncidentReports({
      ...options,
      isProduction: environment => environment === 'production',
    });
    service = new IncidentService(options);
    escalation = new IncidentEscalation({ ...options, logger: quietLogger });
  };
  beforeEach(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
    build(SETTINGS);
  });

  const list = async (status?: 'unresolved' | 'resolved') =>
    (
      await service.page({
        filter: { status },
        limit: 50,
        toCursor: ({ id }) => id,
      })
    ).items;
  const only = async () => {
    const [incident, ...others] = await list();
    expect(others).toEqual([]);
    return service.get(incident.incidentId);
  };
  const outbox = async (kind: string) =>
    (await knex('outbox').where({ kind }).orderBy('id')).map(row =>
      JSON.parse(row.payload),
    );
  const told = async () =>
    (await outbox('notification')).map(({ recipients }) => recipients.join());
  const kindsOf = ({ timeline }: { timeline: readonly { kind: string }[] }) =>
    timeline.map(({ kind }) => kind);

  it('opens one for the first fact, tells the first in line and publishes it', async () => {
    expect(await reports.report(aFact({ environment: 'production' }))).toBe(
      'opened',
    );
    const incident = await only();
    expect(incident).toMatchObject({
      title: 'Nobody knows',
      status: 'open',
      severity: 'high',
      occurrences: 1,
      openedBy: 'system',
      links: { workflowId: 'wf-1', effectId: 'wf-1.t1.git' },
      escalatedTo: ['group:default/on-call'],
    });
    expect(kindsOf(incident)).toEqual(['opened']);
    expect(await told()).toEqual(['group:default/on-call']);
    const [event] = await outbox('event');
    expect(event['detail-type']).toBe('incident.opened');
    expect(event.detail).toMatchObject({
      incident_id: incident.incidentId,
      source: 'effect_unknown',
      severity: 'high',
      reopened: 0,
      workflow_id: 'wf-1',
    });
  });

  it('counts the same fact once, and others of the same thing on the same incident', async () => {
    await reports.report(aFact());
    expect(await reports.report(aFact())).toBe('known');
    expect(await reports.report(aFact({ factId: 'record:2' }))).toBe(
      'repeated',
    );
    const incident = await only();
    expect(incident.occurrences).toBe(2);
    expect(kindsOf(incident)).toEqual(['opened', 'repeated']);
    expect(await told()).toHaveLength(1);
  });

  it('opens one incident when many look at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => reports.report(aFact()).catch(() => 0)),
    );
    expect(answers.filter(answer => answer === 'opened')).toHaveLength(1);
    expect((await only()).occurrences).toBe(1);
  });

  it('keeps different things apart', async () => {
    await reports.report(aFact());
    await reports.report(aFact({ factId: 'record:2', subject: 'another' }));
    await reports.report(aFact({ factId: 'record:3', source: 'loop' }));
    expect(await list('unresolved')).toHaveLength(3);
  });

  it('opens it again when it comes back soon, and another later', async () => {
    await reports.report(aFact());
    const { incidentId } = await only();
    await service.resolve(incidentId, ADA, 'It was the disk');
    expect(await reports.report(aFact({ factId: 'record:2' }))).toBe(
      'reopened',
    );
    expect(await only()).toMatchObject({
      incidentId,
      status: 'open',
      reopened: 1,
      occurrences: 2,
    });
    expect((await only()).resolvedBy).toBeUndefined();
    expect(await told()).toHaveLength(2);
    await service.resolve(incidentId, ADA, 'It was the other disk');
    await knex('incidents').update({ resolved_at: '2020-01-01T00:00:00.000Z' });
    expect(await reports.report(aFact({ factId: 'record:3' }))).toBe('opened');
    expect(await list()).toHaveLength(2);
  });

  it('goes from hand to hand with who did what, and tells whom it is given to', async () => {
    const { incidentId } = await service.open(
      { title: 'Builds fail', severity: 'high', description: 'Since nine' },
      ADA,
    );
    await service.acknowledge(incidentId, ADA);
    await service.assign(incidentId, ADA, {
      commander: BEN,
      responders: ['group:default/leads', ADA],
    });
    await service.comment(incidentId, BEN, 'The disk is full');
    await service.mitigate(incidentId, BEN, 'Made room');
    await service.resolve(incidentId, BEN, 'Logs were never rotated');
    await service.comment(incidentId, ADA, 'They are now');
    const incident = await only();
    expect(incident).toMatchObject({
      source: 'person',
      status: 'resolved',
      commander: BEN,
      responders: ['group:default/leads', ADA],
      acknowledgedBy: ADA,
      resolvedBy: BEN,
      resolution: 'Logs were never rotated',
    });
    expect(incident.timeline.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['opened', ADA],
      ['acknowledged', ADA],
      ['assigned', ADA],
      ['commented', BEN],
      ['mitigated', BEN],
      ['resolved', BEN],
      ['commented', ADA],
    ]);
    expect(await told()).toEqual([
      'group:default/on-call',
      `${BEN},group:default/leads`,
    ]);
    const recorded = await knex('record_entries')
      .where('subject', `incident:${incidentId}`)
      .orderBy('id');
    expect(recorded.map(({ kind }) => kind)).toEqual([
      'incident.opened',
      'incident.acknowledged',
      'incident.assigned',
      'incident.commented',
      'incident.mitigated',
      'incident.resolved',
      'incident.commented',
    ]);
    expect((await outbox('event')).at(-1)?.detail).toMatchObject({
      incident_id: incidentId,
      resolved_by: BEN,
      resolution: 'Logs were never rotated',
    });
  });

  it('refuses who comes second, and what is not there', async () => {
    await reports.report(aFact());
    const { incidentId } = await only();
    const answers = await Promise.allSettled([
      service.acknowledge(incidentId, ADA),
      service.acknowledge(incidentId, BEN),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'ConflictError' },
    });
    await expect(service.get('inc-none')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  const later = (minutes: number) =>
    new Date(Date.now() + minutes * MINUTE_MS + 1000);

  it('tells one after the other while nobody acknowledges, each once', async () => {
    await reports.report(aFact());
    expect(await escalation.run(later(10))).toBe(0);
    const rounds = await Promise.all([
      escalation.run(later(15)),
      escalation.run(later(15)),
    ]);
    expect(rounds.sort()).toEqual([0, 1]);
    expect(await escalation.run(later(20))).toBe(0);
    expect(await escalation.run(later(31))).toBe(1);
    expect(await escalation.run(later(500))).toBe(0);
    expect(await told()).toEqual([
      'group:default/on-call',
      'group:default/leads',
      BEN,
    ]);
    expect(await only()).toMatchObject({
      escalatedTo: SETTINGS.escalation,
      nextEscalationAt: undefined,
    });
  });

  it('tells nobody else once somebody has taken it', async () => {
    await reports.report(aFact());
    await service.acknowledge((await only()).incidentId, ADA);
    expect(await escalation.run(later(60))).toBe(0);
    expect(await told()).toHaveLength(1);
  });

  it('tells those who hold a role where nobody is named', async () => {
    build({ ...SETTINGS, escalation: [] });
    await reports.report(aFact());
    expect(await told()).toEqual(['group:default/architects']);
    expect(await escalation.run(later(60))).toBe(0);
  });

  it('notes that the cause has gone, and leaves the end to people', async () => {
    await reports.report(aFact());
    const end = { ...aFact(), factId: 'b:1', text: 'Works again' };
    await reports.recovered(end);
    await reports.recovered(end);
    const incident = await only();
    expect(incident.status).toBe('open');
    expect(kindsOf(incident)).toEqual(['opened', 'recovered']);
  });

  it('lists them a page at a time, narrowed', async () => {
    for (let fact = 1; fact <= 5; fact++) {
      await reports.report(
        aFact({ factId: `record:${fact}`, subject: `thing ${fact}` }),
      );
    }
    const cursors: Array<{ createdAt: string; id: string }> = [];
    const page = async (after?: (typeof cursors)[number]) =>
      service.page({
        filter: { status: 'open', service: 'orders', workflowId: 'wf-1' },
        limit: 2,
        after,
        toCursor: cursor => {
          cursors.push(cursor);
          return cursor.id;
        },
      });
    const first = await page();
    const second = await page(cursors[0]);
    const third = await page(cursors[1]);
    const ids = [first, second, third].flatMap(({ items }) =>
      items.map(({ incidentId }) => incidentId),
    );
    expect(new Set(ids).size).toBe(5);
    expect(third.nextCursor).toBeUndefined();
    expect(first.unresolved).toEqual({
      open: 5,
      acknowledged: 0,
      mitigated: 0,
    });
  });

  it('forgets those that were resolved long ago, with their timelines', async () => {
    await reports.report(aFact());
    await reports.report(aFact({ factId: 'record:2', subject: 'another' }));
    const [incident] = await list();
    await service.resolve(incident.incidentId, ADA, 'Done');
    const rows = incidentRows(knex);
    const before = new Date(Date.now() + 1000).toISOString();
    expect(await rows.count(before)).toBe(1);
    expect(await rows.remove(before)).toBe(0);
    expect(await list()).toHaveLength(1);
    expect(await knex('incident_entries')).toHaveLength(1);
  });
});

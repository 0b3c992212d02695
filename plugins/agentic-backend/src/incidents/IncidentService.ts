import type {
  AssignIncidentRequest,
  IncidentDetails,
  IncidentEntryKind,
  IncidentPage,
  OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isoNow } from '../database/rows';
import { reasonNotToMove, type IncidentMove } from './incidentMoves';
import { publishResolved, recordIncident, tellPeople } from './incidentNews';
import type { IncidentSettings } from './IncidentSettings';
import {
  addEntry,
  incidentPage,
  lockIncident,
  timelineOf,
  toIncident,
  type IncidentRow,
} from './IncidentStore';
import { announce, newIncident } from './newIncident';

/** What one move writes. */
interface Change {
  readonly kind: Extract<
    IncidentEntryKind,
    'acknowledged' | 'assigned' | 'commented' | 'mitigated' | 'resolved'
  >;
  readonly text: string;
  readonly columns: Partial<IncidentRow>;
}

/** What people see of incidents and do about them. Every move is one transaction with its line, record and news. */
export class IncidentService {
  readonly #knex: Knex;
  readonly #settings: IncidentSettings;
  readonly #fallback: readonly string[];

  constructor(options: {
    knex: Knex;
    settings: IncidentSettings;
    /** Those who are told where nobody is configured. */
    fallback: readonly string[];
  }) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#fallback = options.fallback;
  }

  async page(
    options: Parameters<typeof incidentPage>[1],
  ): Promise<IncidentPage> {
    return incidentPage(this.#knex, options);
  }

  /** Throws `NotFoundError` when there is none of that id. */
  async get(incidentId: string): Promise<IncidentDetails> {
    const row = await this.#knex<IncidentRow>('incidents')
      .where('id', incidentId)
      .first();
    if (!row) throw missing(incidentId);
    return {
      ...toIncident(row),
      timeline: await timelineOf(this.#knex, incidentId),
    };
  }

  /** Opens one by hand. */
  async open(
    request: OpenIncidentRequest,
    actor: string,
  ): Promise<IncidentDetails> {
    const { workflowId, description, ...asked } = request;
    const row = newIncident({
      ...asked,
      source: 'person',
      links: { workflowId },
      openedBy: actor,
    });
    await this.#knex.transaction(async trx => {
      await trx<IncidentRow>('incidents').insert(row);
      const text = description;
      const announced = await announce(trx, row, {
        settings: this.#settings,
        fallback: this.#fallback,
        actor,
        kind: 'opened',
        text,
      });
      await recordIncident(trx, announced, {
        kind: 'incident.opened',
        actor,
        text,
      });
    });
    return this.get(row.id);
  }

  /** Says that somebody looks at it: nobody else is told from now on, and who said so leads, unless somebody does. */
  async acknowledge(
    incidentId: string,
    actor: string,
    comment?: string,
  ): Promise<IncidentDetails> {
    return this.#move('acknowledge', incidentId, actor, row => ({
      kind: 'acknowledged',
      text: comment ?? 'Looks at it',
      columns: {
        status: 'acknowledged',
        ...taken(row, actor),
        commander: row.commander ?? (isPerson(actor) ? actor : null),
      },
    }));
  }

  /** Gives it a commander and responders, who are told. */
  async assign(
    incidentId: string,
    actor: string,
    { commander, responders }: AssignIncidentRequest,
  ): Promise<IncidentDetails> {
    return this.#move('assign', incidentId, actor, () => ({
      kind: 'assigned',
      text: [
        ...(commander ? [`${commander} leads`] : []),
        ...(responders
          ? [
              responders.length > 0
                ? `${responders.join(', ')} help`
                : 'nobody helps',
            ]
          : []),
      ].join('; '),
      columns: {
        ...(commander && { commander }),
        ...(responders && {
          responders: JSON.stringify([...new Set(responders)]),
        }),
      },
    }));
  }

  async comment(
    incidentId: string,
    actor: string,
    text: string,
  ): Promise<IncidentDetails> {
    return this.#move('comment', incidentId, actor, () => ({
      kind: 'commented',
      text,
      columns: {},
    }));
  }

  /** Says that it does no more harm, and how that was brought about. */
  async mitigate(
    incidentId: string,
    actor: string,
    text: string,
  ): Promise<IncidentDetails> {
    return this.#move('mitigate', incidentId, actor, row => ({
      kind: 'mitigated',
      text,
      columns: {
        status: 'mitigated',
        ...taken(row, actor),
        mitigated_at: isoNow(),
      },
    }));
  }

  /** Ends it, with what it was. */
  async resolve(
    incidentId: string,
    actor: string,
    text: string,
  ): Promise<IncidentDetails> {
    return this.#move('resolve', incidentId, actor, row => ({
      kind: 'resolved',
      text,
      columns: {
        status: 'resolved',
        ...taken(row, actor),
        resolved_by: actor,
        resolved_at: isoNow(),
        resolution: text,
      },
    }));
  }

  async #move(
    move: IncidentMove,
    incidentId: string,
    actor: string,
    decide: (row: IncidentRow) => Change,
  ): Promise<IncidentDetails> {
    await this.#knex.transaction(async trx => {
      const before = await lockIncident(trx, { id: incidentId });
      if (!before) throw missing(incidentId);
      const reason = reasonNotToMove(move, toIncident(before));
      if (reason !== undefined) throw new ConflictError(reason);
      const { kind, text, columns } = decide(before);
      const after = { ...before, ...columns };
      if (Object.keys(columns).length > 0) {
        await trx<IncidentRow>('incidents')
          .where('id', incidentId)
          .update(columns);
      }
      await addEntry(trx, { incidentId, kind, actor, text });
      if (kind === 'assigned') {
        await tellPeople(trx, after, {
          why: `assigned:${isoNow()}`,
          recipients: named(columns).filter(ref => ref !== actor),
          text: `${actor}: ${text}`,
        });
      }
      if (kind === 'resolved') await publishResolved(trx, after);
      await recordIncident(trx, after, {
        kind: `incident.${kind}`,
        actor,
        text,
      });
    });
    return this.get(incidentId);
  }
}

function missing(incidentId: string): NotFoundError {
  return new NotFoundError(
    `There is no incident '${incidentId.slice(
      0,
      60,
    )}'; GET /incidents lists them`,
  );
}

/** Whoever does something about an incident has taken it: nobody else is told from now on. */
function taken(row: IncidentRow, actor: string): Partial<IncidentRow> {
  return {
    acknowledged_by: row.acknowledged_by ?? actor,
    acknowledged_at: row.acknowledged_at ?? isoNow(),
    next_escalation_at: null,
  };
}

function isPerson(actor: string): boolean {
  return actor.startsWith('user:');
}

function named(columns: Partial<IncidentRow>): string[] {
  return [
    ...(columns.commander ? [columns.commander] : []),
    ...(JSON.parse(columns.responders ?? '[]') as string[]),
  ];
}

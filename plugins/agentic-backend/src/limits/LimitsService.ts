import type {
  LimitsReport,
  LimitUse,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { OPEN_PHASES } from '../database/openPhases';
import { openWorkflows } from './admission';
import { budgetUses, stateOf } from './budgets';
import { usesOf } from './limitsGate';
import type { LimitsConfig } from './limitsConfig';
import type { StreamSlots } from './StreamSlots';
import type { UsageLedger } from './UsageLedger';
import { periodsOf } from './usageTotals';

/** No more runs and teams than these are shown at once. */
const SHOWN = 50;

/** Answers what is configured and what is used. */
export class LimitsService {
  readonly #knex: Knex;
  readonly #limits: LimitsConfig;
  readonly #usage: UsageLedger;
  readonly #streams: StreamSlots;

  constructor(options: {
    knex: Knex;
    limits: LimitsConfig;
    usage: UsageLedger;
    streams: StreamSlots;
  }) {
    this.#knex = options.knex;
    this.#limits = options.limits;
    this.#usage = options.usage;
    this.#streams = options.streams;
  }

  /** The open event streams of each principal, which the routes take their slots from. */
  get streams(): StreamSlots {
    return this.#streams;
  }

  /** The settings the limits come from. */
  get config(): LimitsConfig {
    return this.#limits;
  }

  /** The limits of a reader, of their teams (or all), and of the runs they may see. */
  async report(options: {
    principal: string;
    /** Groups of the reader, or `all`. */
    teams: readonly string[] | 'all';
    /** Narrows to the workflows the reader may see. */
    visible?: (query: Knex.QueryBuilder) => void;
    /** Only this workflow's runs. */
    workflowId?: string;
  }): Promise<LimitsReport> {
    const { principal, workflowId } = options;
    const runs = await this.#runs(options.visible, workflowId);
    if (workflowId !== undefined) {
      return { currency: this.#limits.budgets.currency, items: runs };
    }
    const teams =
      options.teams === 'all' ? await this.#teamsThatUsed() : options.teams;
    const ofTeams = await Promise.all(
      teams.slice(0, SHOWN).map(team => this.#ofTeam(team)),
    );
    return {
      currency: this.#limits.budgets.currency,
      items: [
        ...(await this.#ofPrincipal(principal)),
        await this.#open('overall', 'everybody', {}),
        ...ofTeams.flat(),
        ...runs,
      ],
    };
  }

  async #ofPrincipal(principal: string): Promise<LimitUse[]> {
    const { rates } = this.#limits;
    const me = { scope: 'user', subject: principal } as const;
    const open = this.#streams.openOf(principal);
    return [
      {
        ...me,
        measure: 'requests',
        period: 'second',
        allowed: rates.requestsPerSecond,
        state: 'ok',
      },
      {
        ...me,
        measure: 'requests',
        period: 'minute',
        allowed: rates.writesPerMinute,
        state: 'ok',
      },
      {
        ...me,
        measure: 'streams',
        period: 'open',
        used: open,
        allowed: rates.streamsPerPrincipal,
        state: stateOf(open, rates.streamsPerPrincipal),
      },
      await this.#open('user', principal, { requestedBy: principal }),
    ];
  }

  async #ofTeam(team: string): Promise<LimitUse[]> {
    const now = new Date();
    const { budgets } = this.#limits;
    const used = await this.#usage.totalsOfTeam(team, this.#knex, now);
    const of = { scope: 'team', subject: team } as const;
    return [
      await this.#open('team', team, { team }),
      ...budgetUses(
        { ...of, period: 'day' },
        budgets.teamDay,
        used.teamDay,
        now,
      ),
      ...budgetUses(
        { ...of, period: 'month' },
        budgets.teamMonth,
        used.teamMonth,
        now,
      ),
    ];
  }

  async #open(
    scope: 'user' | 'team' | 'overall',
    subject: string,
    of: Parameters<typeof openWorkflows>[1],
  ): Promise<LimitUse> {
    const { perUser, perTeam, overall } = this.#limits.workflows;
    const allowed = { user: perUser, team: perTeam, overall }[scope];
    const used = await openWorkflows(this.#knex, of);
    return {
      scope,
      subject,
      measure: 'workflows',
      period: 'open',
      used,
      allowed,
      state: stateOf(used, allowed),
    };
  }

  /** Teams that have used something this month or have work under way. */
  async #teamsThatUsed(): Promise<string[]> {
    const { month } = periodsOf(new Date());
    const used: string[] = await this.#knex('usage_totals')
      .where({ scope: 'team', period: month })
      .pluck('subject');
    const working: string[] = await this.#knex('workflow_accounts')
      .join('workflows', 'workflows.id', 'workflow_accounts.workflow_id')
      .whereIn('workflows.phase', [...OPEN_PHASES])
      .distinct()
      .pluck('workflow_accounts.team');
    return [...new Set([...used, ...working])].sort();
  }

  async #runs(
    visible?: (query: Knex.QueryBuilder) => void,
    workflowId?: string,
  ): Promise<LimitUse[]> {
    const query = this.#knex('workflows')
      .orderBy('created_at', 'desc')
      .limit(SHOWN);
    if (workflowId === undefined) {
      query.whereIn('phase', [...OPEN_PHASES]);
    } else {
      query.where('workflows.id', workflowId);
    }
    if (visible) query.andWhere(visible);
    const ids: string[] = await query.pluck('workflows.id');
    const now = new Date();
    const uses = await Promise.all(
      ids.map(async id =>
        usesOf(
          id,
          undefined,
          await this.#usage.totals(id, now),
          this.#limits.budgets,
          now,
        ),
      ),
    );
    return uses.flat();
  }
}

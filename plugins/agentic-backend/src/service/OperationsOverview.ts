import type { OperationsHealth } from '@agentic-backstage/plugin-agentic-common';
import type { Patient } from '../doctor/Check';
import { contradictionsCheck } from '../doctor/checks/contradictionsCheck';
import { databaseCheck } from '../doctor/checks/databaseCheck';
import { machineCheck } from '../doctor/checks/machineCheck';
import { diagnose } from '../doctor/diagnose';
import { PORTAL_FIGURES, type FigureSources } from '../telemetry/portalFigures';

/** The doctor's checks that can be made while the portal runs, and that need nobody's token. */
const CHECKS = [machineCheck, contradictionsCheck, databaseCheck];
/** What the doctor says changes seldom, and looking costs connections. */
const ADVICE_MS = 60_000;

/** What those who run the portal want to see at a glance: figures of the database, and the doctor's advice. */
export class OperationsOverview {
  #advice: { at: number; found: ReturnType<typeof diagnose> } | undefined;

  constructor(
    private readonly options: FigureSources & {
      /** What the doctor looks at; without it there is no advice. */
      patient?: Patient;
    },
  ) {}

  async read(): Promise<OperationsHealth> {
    const { options } = this;
    const [replicas, runs, outbox, lag, open, oldest, age, items, advice] =
      await Promise.all([
        PORTAL_FIGURES.replicas(options),
        PORTAL_FIGURES.engineRuns(options),
        PORTAL_FIGURES.outboxEntries(options),
        PORTAL_FIGURES.outboxLag(options),
        PORTAL_FIGURES.approvalsOpen(options),
        PORTAL_FIGURES.oldestApproval(options),
        PORTAL_FIGURES.sweeperAge(options),
        PORTAL_FIGURES.sweeperItems(options),
        this.#findings(),
      ]);
    const left = new Map(outbox.map(([value, { status }]) => [status, value]));
    return {
      replicas: only(replicas),
      engineRuns: only(runs),
      outbox: {
        pending: left.get('pending') ?? 0,
        dead: left.get('dead') ?? 0,
        oldestSeconds: only(lag),
      },
      approvals: { open: only(open), oldestSeconds: only(oldest) },
      sweeper:
        age.length > 0
          ? {
              secondsAgo: only(age),
              outcomes: Object.fromEntries(
                items.map(([value, { outcome }]) => [outcome, value]),
              ),
            }
          : undefined,
      advice: advice.flatMap(({ id, level, found, remedy }) =>
        level === 'error' || level === 'warning'
          ? [{ id, level, found, remedy }]
          : [],
      ),
    };
  }

  #findings(): ReturnType<typeof diagnose> {
    const { patient } = this.options;
    if (!patient) return Promise.resolve([]);
    if (!this.#advice || Date.now() - this.#advice.at > ADVICE_MS) {
      this.#advice = { at: Date.now(), found: diagnose(CHECKS, patient) };
    }
    return this.#advice.found;
  }
}

function only(readings: readonly (readonly [number, object])[]): number {
  return readings[0]?.[0] ?? 0;
}

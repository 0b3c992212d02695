import {
  describeStop,
  type KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { engagedSwitches, stopFor } from './KillSwitchStore';

const LOOK_MS = 1000;

/** The reason a running piece of work is told to end: its agent was stopped. The work waits; it has not failed. */
export class AgentStopped extends Error {
  constructor(readonly stop: KillSwitch, agent: string) {
    super(describeStop(stop, agent));
    this.name = 'AgentStopped';
  }
}

interface RunningWork {
  readonly agent: string;
  readonly controller: AbortController;
}

/**
 * Looks every second, in each process of the portal, at which agents are stopped, and tells what
 * runs here. The rows are the truth and are read again at each gate; this only makes running work
 * end soon, and held work go on soon.
 */
export class KillSwitchWatch {
  readonly #running = new Set<RunningWork>();
  #engaged: readonly KillSwitch[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly options: {
      knex: Knex;
      logger: LoggerService;
      /** Called when stops that held have ended, here or in another process. */
      onReleased: (released: readonly KillSwitch[]) => Promise<void>;
    },
  ) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.look().catch(error =>
        this.options.logger.warn(
          'Whether agents are stopped could not be read; every gate reads it again',
          { error: String(error) },
        ),
      );
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => undefined);
  }

  /** Looks now. A look that is under way is waited for and followed by another, so that what was just written is seen. */
  async look(): Promise<void> {
    const before = this.#looking;
    const mine = (async () => {
      await before?.catch(() => undefined);
      await this.#look();
    })();
    this.#looking = mine;
    await mine;
  }

  /** Aborts with {@link AgentStopped} when the agent is stopped. Call `end` when the work is over. */
  watchOver(agent: string): { signal: AbortSignal; end: () => void } {
    const work = { agent, controller: new AbortController() };
    this.#running.add(work);
    this.#abortIfStopped(work);
    return {
      signal: work.controller.signal,
      end: () => this.#running.delete(work),
    };
  }

  async #look(): Promise<void> {
    const now = await engagedSwitches(this.options.knex);
    const held = new Set(now.map(stop => stop.switchId));
    const released = this.#engaged.filter(stop => !held.has(stop.switchId));
    this.#engaged = now;
    this.#running.forEach(work => this.#abortIfStopped(work));
    if (released.length > 0) {
      await this.options.onReleased(released);
    }
  }

  #abortIfStopped({ agent, controller }: RunningWork): void {
    const stop = stopFor(this.#engaged, agent);
    if (stop) {
      controller.abort(new AgentStopped(stop, agent));
    }
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { runsWithMail } from './dbosTables';
import { MAIL_TOPIC } from './drivenPrograms';
import type { OpenEngineDatabase } from './EngineDatabase';

const KEY_END = `::${MAIL_TOPIC}`;

/**
 * Wakes the sleeping runs of this process whose mail arrived without a notification: one query for
 * all of them every `mailCheckMs`. Where LISTEN does not work this is how mail arrives; elsewhere it
 * covers the moment in which the listening connection was down.
 */
export class MailCheck {
  #timer?: NodeJS.Timeout;
  #checking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: OpenEngineDatabase,
    private readonly logger: LoggerService,
  ) {}

  start(): void {
    this.#timer = setTimeout(() => {
      this.#checking = this.#check();
    }, this.database.mailCheckMs);
    this.#timer.unref();
  }

  /** Wakes one run if it sleeps in this process. */
  wake(runId: string): void {
    mailboxes()?.callCallbacks(`${runId}${KEY_END}`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#checking;
  }

  async #check(): Promise<void> {
    try {
      const sleeping = [...(mailboxes()?.map.keys() ?? [])]
        .filter(key => key.endsWith(KEY_END))
        .map(key => key.slice(0, -KEY_END.length));
      if (sleeping.length > 0) {
        const { pool, schema } = this.database;
        const runs = await runsWithMail(pool, schema, sleeping);
        runs.forEach(runId => this.wake(runId));
      }
    } catch (error) {
      this.logger.warn(`Could not look for unannounced mail: ${error}`);
    }
    if (!this.#stopped) {
      this.start();
    }
  }
}

function mailboxes() {
  return DBOSExecutor.globalInstance?.systemDatabase.notificationsMap;
}

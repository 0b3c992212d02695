import type { TaskLog } from '@agentic-backstage/plugin-agentic-node';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { NewWorkflowEvent } from '../database/EventLog';
import { isoNow } from '../database/rows';
import { redact, redactDeep } from './redact';

const FLUSH_MS = 250;
const MAX_LINES = 2000;

/**
 * The log of one task stage. Lines are redacted when they come in and written in small batches, so
 * that a chatty tool costs few transactions. After {@link MAX_LINES} lines it says so and stops.
 */
export class TaskJournal implements TaskLog {
  #pending: NewWorkflowEvent[] = [];
  #lines = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  // Hidden for real: an agent holds this object, and must not find the database in it.
  readonly #database: AgenticDatabase;
  readonly #workflowId: string;
  readonly #taskId: string;

  constructor(database: AgenticDatabase, workflowId: string, taskId: string) {
    this.#database = database;
    this.#workflowId = workflowId;
    this.#taskId = taskId;
  }

  info(message: string, data?: Record<string, unknown>): void {
    this.#add('info', message, data);
  }

  warn(message: string, data?: Record<string, unknown>): void {
    this.#add('warn', message, data);
  }

  error(message: string, data?: Record<string, unknown>): void {
    this.#add('error', message, data);
  }

  /** Writes what is pending. Called at the end of a stage, before its outcome is written. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#pending;
    this.#pending = [];
    this.#writing = this.#writing.then(async () => {
      if (lines.length > 0) {
        await this.#database.withWorkflow(this.#workflowId, async tx => {
          lines.forEach(line => tx.events.add(line));
        });
      }
    });
    await this.#writing;
  }

  #add(
    level: 'info' | 'warn' | 'error',
    message: string,
    data?: Record<string, unknown>,
  ): void {
    this.#lines += 1;
    if (this.#lines > MAX_LINES) {
      return;
    }
    this.#pending.push({
      type: 'log',
      level,
      taskId: this.#taskId,
      time: isoNow(),
      message:
        this.#lines === MAX_LINES
          ? 'More lines were written and are not kept'
          : redact(message),
      data: data && redactDeep(data),
    });
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // The lines are put back only by being lost: a database outage shows in the stage itself.
      this.flush().catch(() => undefined);
    }, FLUSH_MS);
  }
}

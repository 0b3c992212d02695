import type { TaskLog } from '../agents';

/** One line that was written to a `RecordingTaskLog`. */
export interface RecordedLogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly data?: Record<string, unknown>;
}

/** A task log that keeps its lines, so that a test can look for what must, or must not, be said. */
export class RecordingTaskLog implements TaskLog {
  readonly lines: RecordedLogLine[] = [];

  info(message: string, data?: Record<string, unknown>): void {
    this.lines.push({ level: 'info', message, data });
  }

  warn(message: string, data?: Record<string, unknown>): void {
    this.lines.push({ level: 'warn', message, data });
  }

  error(message: string, data?: Record<string, unknown>): void {
    this.lines.push({ level: 'error', message, data });
  }

  /** Everything that was logged, as one text. */
  get text(): string {
    return this.lines.map(line => JSON.stringify(line)).join('\n');
  }
}

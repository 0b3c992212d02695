import { createHash } from 'node:crypto';
import type { CheckerResult, FileFormat, SourceFile } from '../FileCheck';

/**
 * Remembers what the checkers found, by format, path and content. A workflow asks about the same
 * files when they are generated, before each effect and in the report; only the first time costs.
 */
export class RecentResults {
  readonly #kept = new Map<string, CheckerResult>();

  constructor(private readonly capacity: number) {}

  async get(
    file: SourceFile,
    format: FileFormat,
    find: () => Promise<CheckerResult>,
  ): Promise<CheckerResult> {
    const key = createHash('sha256')
      .update(`${format}\0${file.path}\0${file.content}`)
      .digest('base64');
    const result = this.#kept.get(key) ?? (await find());
    this.#kept.delete(key);
    this.#kept.set(key, result);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.capacity) {
        break;
      }
      this.#kept.delete(oldest);
    }
    return result;
  }
}

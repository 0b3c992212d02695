/** Something a generated service does not do as it should. */
export class CheckFailed extends Error {}

/** Throws CheckFailed with the message unless the condition holds. */
export function expectThat(condition, message) {
  if (!condition) {
    throw new CheckFailed(message);
  }
}

/** Collects the checks of one variant and the lines that tell about them. */
export class Report {
  counts = { passed: 0, failed: 0, skipped: 0 };
  #lines;

  constructor(title) {
    this.#lines = [title];
  }

  /** Does the work of one check; what it throws is its failure. Answers whether it passed. */
  async check(name, work) {
    const startedAt = Date.now();
    try {
      const said = await work();
      this.counts.passed += 1;
      const note = typeof said === 'string' ? `: ${said}` : '';
      this.#lines.push(`  ok    ${name}${note} (${Date.now() - startedAt} ms)`);
      return true;
    } catch (error) {
      this.counts.failed += 1;
      const reason = error instanceof CheckFailed ? error.message : error.stack;
      this.#lines.push(`  FAIL  ${name}`, reason.replace(/^/gm, '        '));
      return false;
    }
  }

  skip(name, reason) {
    this.counts.skipped += 1;
    this.#lines.push(`  skip  ${name}: ${reason}`);
  }

  print() {
    process.stdout.write(`${this.#lines.join('\n')}\n`);
  }
}

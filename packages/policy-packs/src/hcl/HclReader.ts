/** HCL that cannot be read. `line` counts from one. */
export class HclSyntaxError extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
    this.name = 'HclSyntaxError';
  }
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const MAX_DEPTH = 250;

/** A place in a text of HCL, with the steps that every part of the grammar takes. */
export class HclReader {
  at = 0;
  private depth = 0;
  private readonly lineStarts: number[] = [0];

  constructor(readonly text: string, private readonly firstLine = 1) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      this.lineStarts.push(i + 1);
    }
  }

  get line(): number {
    return this.lineAt(this.at);
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + this.firstLine;
  }

  fail(message: string): never {
    throw new HclSyntaxError(message, this.line);
  }

  /** Runs a part of the grammar one level deeper, so that no input can exhaust the stack. */
  nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      this.fail(`Nested deeper than ${MAX_DEPTH} levels`);
    }
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** Passes over blanks and comments, and over line ends where the grammar allows them. */
  skip(overLines: boolean): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === ' ' || next === '\t' || next === '\r' || next === '\uFEFF') {
        this.at += 1;
      } else if (next === '\n' && overLines) {
        this.at += 1;
      } else if (next === '#' || this.text.startsWith('//', this.at)) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        if (end < 0) {
          this.fail('A comment is not closed');
        }
        this.at = end + 2;
      } else {
        return;
      }
    }
  }

  sees(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  take(token: string): boolean {
    if (!this.sees(token)) {
      return false;
    }
    this.at += token.length;
    return true;
  }

  expect(token: string, what: string): void {
    if (!this.take(token)) {
      this.fail(`Expected ${token} ${what}`);
    }
  }

  identifier(): string | undefined {
    IDENTIFIER.lastIndex = this.at;
    const found = IDENTIFIER.exec(this.text)?.[0];
    if (found !== undefined) {
      this.at += found.length;
    }
    return found;
  }

  /** Takes `word` when it stands here as a whole word. */
  takeWord(word: string): boolean {
    const start = this.at;
    if (this.identifier() === word) {
      return true;
    }
    this.at = start;
    return false;
  }
}

import { RegoError } from '../RegoError';
import type { Token } from './scan';

/** Tokens that are taken one after the other, with a way back. */
export class TokenStream {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.#tokens[this.#at];
  }

  peek(ahead = 1): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
  }

  /** The token before the one that comes next. */
  get previous(): Token | undefined {
    return this.#tokens[this.#at - 1];
  }

  take(): Token {
    const { token } = this;
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  is(text: string): boolean {
    const { token } = this;
    return (
      token.text === text &&
      (token.type === 'sign' || token.type === 'identifier')
    );
  }

  takeIf(text: string): boolean {
    if (!this.is(text)) return false;
    this.take();
    return true;
  }

  expect(text: string, where: string): Token {
    if (!this.is(text)) this.fail(`expected ${text} ${where}`);
    return this.take();
  }

  /** Whether the next token follows the previous one without a space. */
  get adjacent(): boolean {
    return (
      this.previous !== undefined && this.previous.end === this.token.at.offset
    );
  }

  mark(): number {
    return this.#at;
  }

  reset(mark: number): void {
    this.#at = mark;
  }

  fail(message: string): never {
    const { token } = this;
    const found =
      token.type === 'end' ? 'end of input' : JSON.stringify(token.text);
    throw new RegoError(
      'rego_parse_error',
      `unexpected ${found}: ${message}`,
      token.at,
    );
  }
}

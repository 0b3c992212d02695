/** One message of a `text/event-stream`. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Splits a `text/event-stream` into messages, however the network cuts it into pieces.
 * Comments and unknown fields are skipped; the last id stays until another is sent.
 */
export class EventStreamParser {
  #buffer = '';
  #id: string | undefined;
  #event = '';
  #data: string[] = [];
  #atStart = true;

  /** Takes the next piece and answers the messages that are complete with it. */
  push(piece: string): ServerSentEvent[] {
    this.#buffer += piece;
    if (this.#atStart && this.#buffer.length > 0) {
      this.#atStart = false;
      this.#buffer = this.#buffer.replace(/^\uFEFF/, '');
    }
    const messages: ServerSentEvent[] = [];
    for (
      let line = this.#takeLine();
      line !== undefined;
      line = this.#takeLine()
    ) {
      const message = this.#readLine(line);
      if (message) {
        messages.push(message);
      }
    }
    return messages;
  }

  #takeLine(): string | undefined {
    const end = this.#buffer.search(/[\r\n]/);
    if (end < 0) {
      return undefined;
    }
    const isCarriageReturn = this.#buffer[end] === '\r';
    if (isCarriageReturn && end === this.#buffer.length - 1) {
      // The line feed of this pair may still be on its way.
      return undefined;
    }
    const line = this.#buffer.slice(0, end);
    const width = isCarriageReturn && this.#buffer[end + 1] === '\n' ? 2 : 1;
    this.#buffer = this.#buffer.slice(end + width);
    return line;
  }

  #readLine(line: string): ServerSentEvent | undefined {
    if (line === '') {
      return this.#finishMessage();
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      return undefined;
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'event') {
      this.#event = value;
    } else if (field === 'id') {
      this.#id = value;
    }
    return undefined;
  }

  #finishMessage(): ServerSentEvent | undefined {
    const data = this.#data;
    const event = this.#event || 'message';
    this.#data = [];
    this.#event = '';
    if (data.length === 0) {
      return undefined;
    }
    return { id: this.#id, event, data: data.join('\n') };
  }
}

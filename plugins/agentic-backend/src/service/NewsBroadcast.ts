import { AGENTIC_SIGNAL_CHANNEL } from '@agentic-backstage/plugin-agentic-common';

const PAUSE_MS = 1000;

/** What is sent: a wake-up without content. */
export interface News {
  readonly recipients: { readonly type: 'broadcast' };
  readonly channel: string;
  readonly message: { readonly news: true };
}

/**
 * Wakes browsers when any workflow has moved. A broadcast reaches everybody, also those who may not
 * see the workflow, so it says nothing but that there is news, and at most once a second: neither
 * ids nor how much goes on can be read from it. Whoever is woken asks for what they may see.
 */
export class NewsBroadcast {
  readonly #publish: (news: News) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  constructor(publish: (news: News) => Promise<void>) {
    this.#publish = publish;
  }

  /** Something has moved. Nothing waits for it, and whoever misses it polls. */
  announce(): void {
    if (this.#timer) {
      return;
    }
    const due = Math.max(0, this.#sentAt + PAUSE_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sentAt = Date.now();
      void this.#publish({
        recipients: { type: 'broadcast' },
        channel: AGENTIC_SIGNAL_CHANNEL,
        message: { news: true },
      });
    }, due);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { PortalOptions, PortalOrder } from './portalProgram';

/** A portal of some version in a process of its own, which does what it is told. */
export class PortalProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  private constructor(bundle: string, options: PortalOptions) {
    this.#child = spawn(
      process.execPath,
      ['--enable-source-maps', bundle, JSON.stringify(options)],
      {
        stdio: 'pipe',
        env: { PATH: process.env.PATH, NODE_ENV: 'test' },
      },
    );
    this.#child.stderr?.on('data', chunk => {
      this.#errors = (this.#errors + chunk).slice(-4000);
    });
    const lines: Interface = createInterface({ input: this.#child.stdout! });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Starts one and waits until it works. */
  static async start(
    bundle: string,
    options: PortalOptions,
  ): Promise<PortalProcess> {
    const started = new PortalProcess(bundle, options);
    await started.#answer();
    return started;
  }

  /** Creates workflows and answers their ids once they wait for an approval. */
  async park(names: readonly string[]): Promise<string[]> {
    return (await this.#tell({ park: names })) as string[];
  }

  /** Approves workflows and waits until they are completed. */
  async decide(ids: readonly string[]): Promise<void> {
    await this.#tell({ decide: ids });
  }

  async stop(): Promise<void> {
    await this.#tell({ stop: true });
    this.kill();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #tell(order: PortalOrder): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    return this.#answer();
  }

  async #answer(): Promise<unknown> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`The portal ended: ${this.#errors}`);
      // Libraries may say something too.
      if (!value.startsWith('{')) continue;
      const { answer, error } = JSON.parse(value);
      if (error) throw new Error(`The portal could not: ${error}`);
      return answer;
    }
  }
}

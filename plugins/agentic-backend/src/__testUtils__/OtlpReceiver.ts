import { createServer, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A span as it came in. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string }[];
  readonly failed: boolean;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface TraceExport {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'links'> & {
        readonly attributes?: readonly KeyValue[];
        readonly links?: ReceivedSpan['links'];
        readonly status?: { readonly code?: number };
      })[];
    }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly { readonly name: string }[];
    }[];
  }[];
}

/** A receiver of OTLP over HTTP, in JSON: keeps what exporters send. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly metricNames = new Set<string>();
  /** Everything as it came, to look for what must not be in it. */
  readonly bodies: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    const receiver = new OtlpReceiver(server);
    server.on('request', (req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const raw = Buffer.concat(chunks);
        const text = (
          req.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
        ).toString('utf8');
        receiver.#take(text);
        res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>(listening =>
      server.listen(0, '127.0.0.1', listening),
    );
    return receiver;
  }

  /** The base address that exporters are given. */
  get url(): string {
    const { port } = this.#server.address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(closed => this.#server.close(closed));
  }

  #take(text: string): void {
    this.bodies.push(text);
    const { resourceSpans = [], resourceMetrics = [] }: TraceExport =
      JSON.parse(text);
    for (const span of resourceSpans
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans)) {
      this.spans.push({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId,
        name: span.name,
        attributes: Object.fromEntries(
          (span.attributes ?? []).map(({ key, value }) => [
            key,
            Object.values(value)[0],
          ]),
        ),
        links: span.links ?? [],
        failed: span.status?.code === 2,
      });
    }
    resourceMetrics
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics)
      .forEach(({ name }) => this.metricNames.add(name));
  }
}

import http from 'node:http';

/** What a request to a service answered. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly body: string;
  readonly latencyMs: number;
}

const MAX_BODY = 64 * 1024;

/**
 * Asks a service on the loopback interface. No redirects are followed and no more than 64 KiB are
 * read. Rejects when nothing answers in time.
 */
export function httpLook(
  port: number,
  path: string,
  timeoutMs: number = 3_000,
): Promise<HttpAnswer> {
  // The whole exchange counts: a service that sends a byte a second must not hold anybody up.
  const limit = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(
        limit.aborted
          ? new Error(`no answer within ${timeoutMs / 1000} s`)
          : error,
      );
    const started = performance.now();
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'GET',
        agent: false,
        signal: limit,
      },
      response => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_BODY) {
            response.destroy(
              new Error(`${path} answered more than ${MAX_BODY} bytes`),
            );
          } else {
            chunks.push(chunk);
          }
        });
        response.on('end', () =>
          resolve({
            statusCode: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            latencyMs: Math.round((performance.now() - started) * 10) / 10,
          }),
        );
        response.on('error', fail);
      },
    );
    request.on('error', fail);
    request.end();
  });
}

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
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const request = http.request(
      { host: '127.0.0.1', port, path, method: 'GET', agent: false },
      response => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_BODY) {
            request.destroy(
              new Error(`${path} answered more than ${MAX_BODY} bytes`),
            );
          } else {
            chunks.push(chunk);
          }
        });
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            statusCode: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            latencyMs: Math.round((performance.now() - started) * 10) / 10,
          });
        });
        response.on('error', reject);
      },
    );
    // The whole exchange counts: a service that sends a byte a second must not hold anybody up.
    const timer = setTimeout(
      () =>
        request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    request.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

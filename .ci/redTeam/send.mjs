import http from 'node:http';

const PATIENCE = 20_000;
/** How long a stream is listened to. */
const LISTEN = 700;

/**
 * Sends one request exactly as it is written: the path is not tidied up, and the
 * body may be anything. Answers status, headers and text; of a stream, what came
 * in the first moments.
 */
export function send(url, { method = 'GET', path, headers = {}, body }) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, method, path, headers, timeout: PATIENCE },
      response => {
        const chunks = [];
        const answer = () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        response.on('data', chunk => chunks.push(chunk));
        response.once('end', answer);
        response.once('error', reject);
        if (/event-stream/.test(response.headers['content-type'])) {
          setTimeout(() => {
            answer();
            request.destroy();
          }, LISTEN);
        }
      },
    );
    request.once('timeout', () =>
      request.destroy(new Error(`${method} ${path} was not answered`)),
    );
    request.once('error', reject);
    request.end(body);
  });
}

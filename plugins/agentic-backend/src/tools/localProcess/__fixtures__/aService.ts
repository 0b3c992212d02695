import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';

/** How the sample service misbehaves, or not. */
export interface SampleServiceOptions {
  readonly name?: string;
  readonly version?: string;
  /** What it calls itself in its health answer, when not by its name. */
  readonly claims?: string;
  /** Statements that run before the server starts. */
  readonly prelude?: string;
  /** Statements that run for `GET /do`. */
  readonly onDo?: string;
  readonly migrate?: string;
  readonly dependencies?: Record<string, string>;
}

/** A service without dependencies that answers health and readiness, as files of an artifact. */
export function aService(
  options: SampleServiceOptions = {},
): ArtifactFileInput[] {
  const {
    name = 'user-service',
    version = '0.1.0',
    dependencies = {},
  } = options;
  const main = `
import http from 'node:http';
import { spawn } from 'node:child_process';
${options.prelude ?? ''}
const server = http.createServer((request, response) => {
  const answer = body => response.end(JSON.stringify(body));
  if (request.url === '/env') return answer(process.env);
  if (request.url === '/do') { ${
    options.onDo ?? ''
  }; return answer({ done: true }); }
  answer({ status: 'ok', service: ${JSON.stringify(
    options.claims ?? name,
  )}, version: ${JSON.stringify(version)} });
});
server.listen(Number(process.env.PORT), process.env.HOST);
console.log('listening on', process.env.PORT);
process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(0); });
`;
  const manifest = {
    name,
    version,
    type: 'module',
    scripts: {
      start: 'node src/main.js',
      ...(options.migrate ? { migrate: 'node src/migrate.js up' } : {}),
    },
    dependencies,
  };
  const lock = {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, version, dependencies } },
  };
  return [
    { path: 'package.json', content: JSON.stringify(manifest, undefined, 2) },
    { path: 'package-lock.json', content: JSON.stringify(lock, undefined, 2) },
    { path: 'src/main.js', content: main },
    ...(options.migrate
      ? [{ path: 'src/migrate.js', content: options.migrate }]
      : []),
  ];
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expectThat } from './Report.mjs';

const unknownId = '00000000-0000-4000-8000-000000000000';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function withService({ folder, command, launch, environment }, work) {
  const port = await freePort();
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  try {
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(url + launch.healthPath).catch(
        () => undefined,
      );
      if (response?.ok) {
        break;
      }
      expectThat(
        attempt < 200 && child.exitCode === null,
        `the service did not become healthy:\n${output}`,
      );
      await wait(50);
    }
    return await work({ url, child, ended, output: () => output });
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function send(url, method, body) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: response.status === 204 ? '' : await response.json(),
  };
}

async function exerciseResource(collection) {
  const created = await send(collection, 'POST', {
    name: 'first',
    description: "it's",
  });
  expectThat(created.status === 201, `create answered ${created.status}`);
  const item = `${collection}/${created.body.id}`;
  const steps = [
    [await send(item, 'GET'), 200],
    [await send(item, 'PUT', { name: 'first', description: 'changed' }), 200],
    [await send(collection, 'POST', { name: 'first' }), 409],
    [await send(collection, 'POST', { nome: 'x' }), 400],
    [await send(`${collection}/${unknownId}`, 'GET'), 404],
    [await send(collection, 'GET'), 200],
    [await send(item, 'DELETE'), 204],
    [await send(item, 'GET'), 404],
  ];
  steps.forEach(([answer, status], index) =>
    expectThat(
      answer.status === status,
      `step ${index} answered ${answer.status}, not ${status}`,
    ),
  );
  expectThat(
    steps[1][0].body.description === 'changed',
    'the replacement was not kept',
  );
  expectThat(
    steps[5][0].body.items.length === 1,
    'the list does not hold the one item',
  );
}

/** Starts a service, uses it from outside and stops it, with a check for each thing it has to do. */
export async function runService(report, service, { ready }) {
  const { launch } = service;
  await withService(service, async running => {
    await report.check(
      `${launch.readinessPath} answers ${ready ? 200 : 503}`,
      async () => {
        const { status } = await fetch(running.url + launch.readinessPath);
        expectThat(status === (ready ? 200 : 503), `it answered ${status}`);
      },
    );
    if (ready) {
      await report.check(
        `${launch.resourcePath} creates, reads, replaces, lists and deletes`,
        () => exerciseResource(running.url + launch.resourcePath),
      );
    }
    await report.check('logs JSON lines with request ids', async () => {
      await fetch(running.url + launch.resourcePath, {
        headers: { 'x-request-id': 'verify-1' },
      });
      await wait(50);
      const lines = running
        .output()
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expectThat(
        lines.some(line => line.requestId === 'verify-1'),
        'no line has the id',
      );
    });
    await report.check('stops gracefully on SIGTERM', async () => {
      running.child.kill('SIGTERM');
      const late = wait(launch.stopTimeoutMs, 'late', { ref: false });
      const ended = await Promise.race([running.ended, late]);
      expectThat(ended !== 'late', 'it did not stop in time');
      expectThat(
        ended[0] === 0,
        `it ended with ${ended[0]} ${ended[1]}:\n${running.output()}`,
      );
    });
  });
}

import { spawn } from 'node:child_process';
import net from 'node:net';

const limit = 5 * 60_000;

function freePort() {
  return new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function connects(port) {
  return new Promise(resolve => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function stop(child, ended) {
  if (child.exitCode === null && child.signalCode === null) {
    process.kill(-child.pid, 'SIGINT');
  }
  const { code, signal } = await ended;
  process.stdout.write(`npm start ended: ${signal ?? `exit code ${code}`}\n`);
}

/**
 * Starts the portal as a user does, looks whether it serves its page, stops it
 * with Ctrl-C, and answers how many seconds it took to be ready.
 */
export async function startAndStop() {
  const port = await freePort();
  const started = Date.now();
  const child = spawn('npm', ['start'], {
    env: { ...process.env, AGENTIC_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise(resolve => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      process.stdout.write(text);
      output += text;
      if (output.includes('The portal is ready')) {
        resolve(Date.now() - started);
      }
    });
    ended.then(() => reject(new Error('npm start ended before it was ready')));
    setTimeout(
      () => reject(new Error('not ready in 5 minutes')),
      limit,
    ).unref();
  });
  try {
    const took = await ready;
    const page = await fetch(`http://localhost:${port}/`);
    const text = await page.text();
    if (page.status !== 200 || !text.includes('<div id="root"')) {
      throw new Error(`the page answered ${page.status}`);
    }
    await stop(child, ended);
    if (await connects(port)) {
      throw new Error('something still listens after Ctrl-C');
    }
    return Math.round(took / 1000);
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

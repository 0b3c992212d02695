import { spawn } from 'node:child_process';
import { applyChange, appendYaml } from './applyChange.mjs';
import { portalEnvironment } from './portalEnvironment.mjs';

/** Runs a line of a shell block in a folder; fails with the end of what it printed. */
export async function runStep(folder, command) {
  const [program, ...args] = command.split(/\s+/);
  const child = spawn(program, args, {
    cwd: folder,
    env: portalEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = text => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `${command} failed (exit code ${code}):\n${output
        .split('\n')
        .slice(-60)
        .join('\n')}`,
    );
  }
}

/** Does one step of a page in a portal. */
export async function takeStep(portal, { language, code }) {
  if (language === 'sh') {
    for (const command of code.split('\n').filter(line => line.trim())) {
      await runStep(portal, command);
    }
  } else if (language === 'diff') {
    applyChange(portal, code);
  } else if (language === 'yaml') {
    appendYaml(portal, code);
  } else {
    throw new Error(`There is no way to take a step written in ${language}`);
  }
}

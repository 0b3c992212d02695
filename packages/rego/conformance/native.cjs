'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MOST_OUTPUT = 1 << 30;

/** Builds the program that asks the real OPA, hands it to `work`, and removes it again. */
function withNative(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-rego-'));
  try {
    for (const file of ['go.mod', 'go.sum', 'main.go']) {
      fs.copyFileSync(
        path.join(__dirname, 'native', file),
        path.join(folder, file),
      );
    }
    const program = path.join(folder, 'native');
    execFileSync('go', ['build', '-o', program, '.'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return work(questions => ask(program, questions));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** OPA's answers: for each question, one for each of its inputs. */
function ask(program, questions) {
  const { status, stdout, stderr } = spawnSync(program, {
    input: questions.map(each => JSON.stringify(each)).join('\n'),
    maxBuffer: MOST_OUTPUT,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`the program that asks OPA failed: ${stderr}`);
  }
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

module.exports = { withNative };

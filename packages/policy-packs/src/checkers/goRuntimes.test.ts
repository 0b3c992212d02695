import { checkGithubActions } from './checkGithubActions';
import { checkShell } from './checkShell';
import { checkTerraform } from './checkTerraform';

const shell = {
  path: 'run.sh',
  content: '#!/usr/bin/env bash\nset -euo pipefail\necho hello\n',
};
const terraform = { path: 'main.tf', content: 'variable "region" {}\n' };
const actions = {
  path: '.github/workflows/ci.yml',
  content:
    'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo hello\n',
};

const checks = {
  shell: () => checkShell(shell),
  terraform: () => checkTerraform(terraform),
  actions: () => checkGithubActions(actions),
};

describe('checkers compiled from Go', () => {
  // Each brings a runtime under the same global name, and whoever loads last would own it.
  it('work in any order, again and again', async () => {
    const order = [
      'shell',
      'terraform',
      'shell',
      'actions',
      'shell',
      'terraform',
      'actions',
      'shell',
    ] as const;
    for (const name of order) {
      expect([name, (await checks[name]()).violations]).toEqual([name, []]);
    }
  });

  it('work when they are asked at the same time', async () => {
    const results = await Promise.all(
      [checks.terraform, checks.shell, checks.actions, checks.shell].map(
        check => check(),
      ),
    );
    expect(results.flatMap(({ violations }) => violations)).toEqual([]);
  });
});

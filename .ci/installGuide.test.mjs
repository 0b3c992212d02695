import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { appendYaml, applyChange } from './adopt/applyChange.mjs';
import { readSteps } from './adopt/readSteps.mjs';
import { inRoot } from '../.launch/paths.mjs';
import { publishedPackages } from '../.launch/pack.mjs';

const steps = readSteps(inRoot('docs', 'install.md'));
const text = steps.map(({ code }) => code).join('\n');

describe('docs/install.md', () => {
  test('has steps for everybody, for the legacy frontend system, and for the second person', () => {
    const kinds = new Set(steps.flatMap(({ only }) => only));
    assert.deepEqual([...kinds].sort(), ['legacy', 'second-person']);
    assert.ok(steps.some(({ only }) => only.length === 0));
  });

  test('mounts every page of the plugin in an app of the legacy frontend system', () => {
    const pages = fs.readFileSync(
      inRoot('plugins', 'agentic', 'src', 'extensions', 'pages.tsx'),
      'utf8',
    );
    const paths = [...pages.matchAll(/path: '(\/agentic\/\w+)'/g)].map(
      ([, at]) => at,
    );
    assert.ok(paths.length > 5);
    for (const at of paths) {
      assert.ok(text.includes(`<Route path="${at}"`), `${at} is not mounted`);
    }
  });

  test('installs packages that are published', () => {
    const published = publishedPackages().map(({ name }) => name);
    const named = [...text.matchAll(/@agentic-backstage\/[\w-]+/g)];
    assert.ok(named.length > 0);
    for (const [name] of named) {
      assert.ok(published.includes(name), name);
    }
  });
});

describe('a change that the guide shows', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-guide-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'a.txt');
  const result = (before, change) => {
    fs.rmSync(file, { force: true });
    if (before !== undefined) {
      fs.writeFileSync(file, before);
    }
    change();
    return fs.readFileSync(file, 'utf8');
  };
  const diff = lines => () =>
    applyChange(folder, ['--- a.txt', ...lines].join('\n'));

  test('is made where its other lines are', () => {
    assert.equal(
      result(
        'one\ntwo\nthree\n',
        diff([' two', '-three', '+3', '@@', '+0', ' one']),
      ),
      '0\none\ntwo\n3\n',
    );
  });

  test('goes to the end when it only adds, and makes the file', () => {
    assert.equal(result('one\n', diff(['+two'])), 'one\ntwo\n');
    assert.equal(result(undefined, diff(['+one'])), 'one\n');
  });

  for (const [what, before] of [
    ['nowhere', 'one\n'],
    ['at two places', 'two\ntwo\n'],
  ]) {
    test(`is refused when its other lines are ${what}`, () => {
      assert.throws(
        () => result(before, diff([' two', '+three'])),
        /a\.txt has \d places/,
      );
    });
  }

  test('is YAML for the file that its first line names', () => {
    fs.writeFileSync(path.join(folder, 'a.yaml'), 'a: 1\n');
    appendYaml(folder, '# a.yaml\nb: 2\n');
    assert.equal(
      fs.readFileSync(path.join(folder, 'a.yaml'), 'utf8'),
      'a: 1\n\nb: 2\n',
    );
  });
});

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const exempt = [
  /^yarn\.lock$/,
  /^\.yarn\/releases\//,
  /^\.ci\/trackedFiles\.mjs$/,
];

const forbidden = [
  ['a registry host', /registry\.(npmjs\.org|yarnpkg\.com)/],
  ['a machine path', /(^|[^\w.$}/-])\/(work|root|opt\/w)\/[\w.-]/],
  ['a home folder', /(^|[^\w.$}/-])\/(home|Users)\/(?!node\b|app\b)[\w.-]+\//],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{60}/],
  ['an AWS access key', /\b(AKIA|ASIA)(?!IOSFODNN7EXAMPLE|ABCD)[A-Z0-9]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20}\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a model key', /\bsk-(ant|proj)-[A-Za-z0-9_-]{20,}/],
];

/** What must not be in the repository: `file:line: what`, one per find. */
export function forbiddenInTrackedFiles() {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter(file => file && !exempt.some(pattern => pattern.test(file)))
    .filter(file => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
  return files.flatMap(file => {
    const content = fs.readFileSync(file);
    if (content.includes(0)) {
      return [];
    }
    const text = content.toString('utf8');
    return forbidden.flatMap(([what, pattern]) => {
      const found = pattern.exec(text);
      return found
        ? [`${file}:${text.slice(0, found.index).split('\n').length}: ${what}`]
        : [];
    });
  });
}

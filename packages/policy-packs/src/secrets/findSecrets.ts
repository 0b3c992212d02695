import type { FileViolation } from '../FileCheck';

interface SecretPattern {
  readonly rule: string;
  readonly title: string;
  readonly pattern: RegExp;
}

const KEY_PATTERNS: readonly SecretPattern[] = [
  {
    rule: 'secrets/private-key',
    title: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/,
  },
  {
    rule: 'secrets/aws-access-key',
    title: 'an AWS access key id',
    pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  },
  {
    rule: 'secrets/github-token',
    title: 'a GitHub token',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})/,
  },
  {
    rule: 'secrets/gitlab-token',
    title: 'a GitLab token',
    pattern: /\bglpat-[\w-]{20,}/,
  },
  {
    rule: 'secrets/slack-token',
    title: 'a Slack token',
    pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  },
  {
    rule: 'secrets/stripe-key',
    title: 'a live Stripe key',
    pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  },
  {
    rule: 'secrets/google-api-key',
    title: 'a Google API key',
    pattern: /\bAIza[\w-]{35}\b/,
  },
];

const ASSIGNED =
  /(?:^|[\s{,;"'(])["']?[\w.-]*?(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token)["']?\s*(?::|=>?)\s*(["']?)([^\s"'`,;#){}[\]]{6,})\1/gi;
const IN_URL = /\b[a-z][a-z0-9+]*:\/\/[^\s:/@"'`$]+:([^\s/@"'`]{4,})@/gi;

const PLACEHOLDER =
  /^(?:\W*|.*(?:\$|<|\{|%|\*{3}|\.\.\.|x{4,}).*|(?:secret|password|postgres|admin|test|local|development|dev|none|null|true|false|undefined)\w*)$/i;
const SAID_PLACEHOLDER =
  /change[-_]?me|example|placeholder|dummy|redacted|insecure|(?:only|just)[-_]for[-_]|not[-_]a[-_]secret/i;
const CODE =
  /^(?:process\.|env\.|os\.|config\.|var\.|local\.|data\.|module\.|secrets?\.|random_\w+\.|z\.|aws_|string\b|[a-z]+\()|[()]|^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/;

function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || SAID_PLACEHOLDER.test(value);
}

function looksAssigned(quote: string, value: string): boolean {
  if (isPlaceholder(value) || CODE.test(value)) {
    return false;
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter(kind =>
    kind.test(value),
  ).length;
  return quote === '' ? kinds >= 3 : kinds >= 2;
}

function violation(rule: string, title: string, line: number): FileViolation {
  return {
    rule,
    severity: 'critical',
    message: `The line holds ${title}`,
    line,
    remedy: 'Take it out, revoke it, and read it from the environment',
  };
}

function secretsOfLine(text: string, line: number): FileViolation[] {
  const keys = KEY_PATTERNS.filter(({ pattern }) => {
    const match = pattern.exec(text);
    return match !== null && !match[0].endsWith('EXAMPLE');
  }).map(({ rule, title }) => violation(rule, title, line));
  if (keys.length > 0) {
    return keys;
  }
  const assigned = [...text.matchAll(ASSIGNED)].some(([, quote, value]) =>
    looksAssigned(quote, value),
  );
  const inUrl = [...text.matchAll(IN_URL)].some(
    ([, value]) => !isPlaceholder(value) && !CODE.test(value),
  );
  return assigned || inUrl
    ? [violation('secrets/assigned-password', 'a password or key', line)]
    : [];
}

/**
 * A first look for key material: private keys, tokens of well-known forms, passwords written out in
 * assignments and URLs. It never repeats the secret. It misses keys of other forms.
 */
export function findSecrets(content: string): FileViolation[] {
  return content
    .split('\n')
    .flatMap((text, index) =>
      text.length > 5000 ? [] : secretsOfLine(text, index + 1),
    );
}

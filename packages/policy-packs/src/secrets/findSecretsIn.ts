import {
  entropyOf,
  isPlaceholder,
  looksSecret,
  saysExample,
} from './isPlaceholder';
import { FORMATS_A_TO_G } from './formatsAToG';
import { FORMATS_H_TO_Z } from './formatsHToZ';

/** A place where a secret stands. It never carries the secret. */
export interface SecretFinding {
  readonly kind: string;
  readonly title: string;
  readonly line: number;
}

const SECRET_FORMATS = [...FORMATS_A_TO_G, ...FORMATS_H_TO_Z];
const MAX_LINE = 200_000;

// A name that says that its value is a secret, an assignment, and the value.
const SECRET_NAME = String.raw`(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|account[_.-]?key|storage[_.-]?key|encryption[_.-]?key|master[_.-]?key|auth[_.-]?key|signing[_.-]?key|client[_.-]?key|secret[_.-]?key|credentials?|auth|salt|keybase|nonce[_.-]?key)`;
// Lengths are bounded, so that no line takes long.
const ASSIGNMENT = new RegExp(
  [
    String.raw`(?<name>[A-Za-z0-9_.$/:@-]{0,60}?${SECRET_NAME}[A-Za-z0-9_-]{0,20})["'\])]{0,4}`,
    String.raw`\s{0,20}(?:=>|:=|=|:|(?<comma>,)(?=\s{0,20}["']))\s{0,20}`,
    String.raw`(?:"(?<double>[^"]{1,2000})"|'(?<single>[^']{1,2000})'|`,
    '`(?<tick>[^`]{1,2000})`',
    String.raw`|(?<bare>[^\s"'`,
    '`',
    String.raw`,;<>]{1,2000}))`,
  ].join(''),
  'gi',
);
// A line without these cannot assign a secret: most lines end here.
const MAY_ASSIGN = /pass|pwd|secret|token|key|credential|auth|salt/i;
// Between a name and a value, a comma assigns in calls like define('KEY', 'value') only.
const SETS_BY_CALL = /\b(?:define|putenv|setenv|set_env|setProperty)\s*\(/i;
const IN_URL =
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"'`$<{]{0,200}:([^\s/@"'`]{3,200})@[\w.-]/gi;
// What a caller of HTTP shows: a user with a password, or a header.
const IN_HEADERS = [
  /\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[ =]{0,2}["']?[^\s:"'$]{1,100}:([^\s"']{4,200})/gi,
  /\bauthorization["']?\s{0,5}[:=]\s{0,5}["']?(?:basic|bearer|token)\s{1,5}(?=[^\s"']{0,200}\d)([A-Za-z0-9+/=._-]{12,2000})/gi,
];
const XML_ELEMENT = new RegExp(
  String.raw`<(${SECRET_NAME})(?:\s[^>]{0,200})?>([^<]{4,2000})</`,
  'gi',
);
const NOT_SECRET_NAME =
  /(?:_file|_path|_url|_uri|_name|_id|_arn|_ref|_length|_len|_type|_policy|_enabled|_version|_ttl|_expiry|_expiration|_header|_field|_count|_format|_hash_algorithm|name|url|path|file)$|authenticity|csrf|author|public|pubkey|keyboard|monkey|turkey|tokeni[sz]|passthrough|passive|pass(?:ed|es|ing|enger|age|port)\b|compass|bypass|authority|authoriz|authentic|authn|authz|oauth2?$|require_?auth|basic_?auth$/i;

/** The lines on which secrets of known forms stand. */
function knownForms(
  content: string,
  lineAt: (offset: number) => number,
): SecretFinding[] {
  const lower = content.toLowerCase();
  return SECRET_FORMATS.filter(
    ({ literals }) =>
      literals.length === 0 || literals.some(text => lower.includes(text)),
  ).flatMap(({ id, title, pattern, entropy }) =>
    [...content.matchAll(pattern)]
      .filter(match => {
        const secret = match[1] ?? match[0];
        return (
          entropy === 0 ||
          (entropyOf(secret) >= entropy && !saysExample(secret))
        );
      })
      .map(({ index }) => ({ kind: id, title, line: lineAt(index) })),
  );
}

function isAssigned(line: string): boolean {
  return (
    MAY_ASSIGN.test(line) &&
    [...line.matchAll(ASSIGNMENT)].some(({ groups }) => {
      const {
        name = '',
        comma,
        double,
        single,
        tick,
        bare = '',
      } = groups ?? {};
      const quoted = double ?? single ?? tick;
      return (
        !NOT_SECRET_NAME.test(name) &&
        (comma === undefined || SETS_BY_CALL.test(line)) &&
        looksSecret(name, quoted ?? bare, quoted !== undefined)
      );
    })
  );
}

function isInMarkup(line: string): boolean {
  return (
    IN_HEADERS.some(pattern =>
      [...line.matchAll(pattern)].some(
        ([, value]) => value.length >= 4 && !isPlaceholder(value),
      ),
    ) ||
    (line.includes('://') &&
      [...line.matchAll(IN_URL)].some(
        ([, value]) => !isPlaceholder(value, true),
      )) ||
    (line.includes('</') &&
      [...line.matchAll(XML_ELEMENT)].some(([, name, value]) =>
        looksSecret(name, value, true),
      ))
  );
}

const WHOLE_NAME = new RegExp(`${SECRET_NAME}[A-Za-z0-9_-]{0,20}$`, 'i');

/** Whether a name says that it holds a secret, and the value is one. */
export function isSecretAssignment(name: string, value: string): boolean {
  return (
    WHOLE_NAME.test(name) &&
    !NOT_SECRET_NAME.test(name) &&
    looksSecret(name, value, true)
  );
}

// Files that are a secret as a whole, or that hold nothing else in fields that do not say so.
const SECRET_FILES: readonly { path: RegExp; content: RegExp }[] = [
  {
    path: /(^|\/)(?:master|secret|credentials\/\w+)\.key$/,
    content: /^[a-f0-9]{32,}\s*$/,
  },
  { path: /(^|\/)(?:etc\/)?shadow$/, content: /^\w+:\$\w+\$[^:]+:/m },
  { path: /(^|\/)\.?htpasswd$/, content: /^[^:\s]+:\S{8,}$/m },
  { path: /(^|\/)\.?pgpass$/, content: /^[^:\s]+:[^:]*:[^:]*:[^:]*:\S+$/m },
  { path: /(^|\/)\.netrc$/, content: /password\s+\S+/ },
  {
    path: /(^|\/)logins\.json$/,
    content: /"encryptedPassword"\s*:\s*"[^"]{16,}"/,
  },
  {
    path: /\.(?:ba|z|k)?sh_history$|(^|\/)\.?(?:bash|zsh)rc$/,
    content: /(?:-p|--password[= ])\s*\S{6,}/,
  },
  { path: /(^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/, content: /\S{40,}/ },
];

function lineCounter(content: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  // Offsets of one pattern come in order; a new pattern starts again.
  return offset => {
    if (offset < at) {
      line = 1;
      at = 0;
    }
    for (
      let next = content.indexOf('\n', at);
      next >= 0 && next < offset;
      next = content.indexOf('\n', next + 1)
    ) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}

/** Finds secrets in a text: of known forms, assigned to names that say so, in URLs, and in files that are made of one. */
export function findSecretsIn(
  content: string,
  path: string,
): readonly SecretFinding[] {
  const known = knownForms(content, lineCounter(content));
  const taken = new Set(known.map(({ line }) => line));
  const assigned = content.split('\n').flatMap((text, index): SecretFinding[] =>
    !taken.has(index + 1) &&
    text.length <= MAX_LINE &&
    (isAssigned(text) || isInMarkup(text))
      ? [
          {
            kind: 'assigned',
            title: 'a password, key or token',
            line: index + 1,
          },
        ]
      : [],
  );
  const findings = [...known, ...assigned].sort((a, b) => a.line - b.line);
  const isWhole = SECRET_FILES.some(
    file => file.path.test(path) && file.content.test(content),
  );
  return findings.length === 0 && isWhole
    ? [{ kind: 'file', title: 'a secret as a whole', line: 1 }]
    : findings;
}

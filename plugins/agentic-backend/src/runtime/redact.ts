import { secretMasks } from './redactValues';

/** The whole reference of a secret: what shall be seen in the place of its value. */
const REFERENCE = String.raw`secret:[a-z][a-z0-9-]{0,62}/[\w./-]{1,200}(?:\?version=\d+)?#[\w.*-]+(?![^\s"'\x60,;.)\]])`;

const NAMED = new RegExp(
  String.raw`\b(?!${REFERENCE})((?:password|passwd|secret|token|api[_-]?key)["']?\s*[=:]\s*["']?)(?!${REFERENCE})[^\s"',;]{4,}`,
  'gi',
);

const PATTERNS: ReadonlyArray<[RegExp, string]> = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
    '[private key]',
  ],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, '[access key]'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}\b/g, '[token]'],
  [/\b(gh[pousr]_\w{20,}|glpat-[\w-]{20,}|sk-ant-[\w-]{20,})\b/g, '[token]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s@]+@/gi, '$1[password]@'],
  [NAMED, '$1[redacted]'],
];

/** Takes the secrets this process has handed out, and what looks like one, out of a text before it is kept, shown or logged. */
export function redact(text: string): string {
  return PATTERNS.reduce(
    (clean, [pattern, into]) => clean.replace(pattern, into),
    secretMasks.mask(text),
  );
}

/** Does the same for every text inside a value of plain JSON. */
export function redactDeep<T>(value: T): T {
  if (typeof value === 'string') {
    return redact(value) as T;
  }
  if (Array.isArray(value)) {
    return value.map(redactDeep) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        secretMasks.mask(key),
        redactDeep(item),
      ]),
    ) as T;
  }
  return value;
}

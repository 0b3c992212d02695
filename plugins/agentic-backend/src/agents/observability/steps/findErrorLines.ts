const ERROR_LEVELS = new Set(['error', 'fatal', 'critical']);
const PINO_ERROR = 50;
const PLAIN_ERROR =
  /^(?:\S+\s+)?\[?(?:ERROR|FATAL|CRITICAL)\]?\b|\bUnhandled\w*(?:Rejection|Exception)\b|^\s*Uncaught\b/;

function isErrorLevel(level: unknown): boolean {
  return typeof level === 'number'
    ? level >= PINO_ERROR
    : typeof level === 'string' && ERROR_LEVELS.has(level.toLowerCase());
}

function isErrorLine(line: string): boolean {
  if (!line.trimStart().startsWith('{')) {
    return PLAIN_ERROR.test(line);
  }
  try {
    const { level, severity } = JSON.parse(line) as {
      level?: unknown;
      severity?: unknown;
    };
    return isErrorLevel(level) || isErrorLevel(severity);
  } catch {
    return PLAIN_ERROR.test(line);
  }
}

/** The lines of a log that report an error: by the level of structured lines, by the first word of plain ones. */
export function findErrorLines(lines: readonly string[]): string[] {
  return lines.filter(isErrorLine);
}

/** What can be built today. A new language or database is a new entry here and a template for it. */
export const CAPABILITIES = {
  language: ['nodejs', 'python', 'go'],
  database: ['postgresql', 'none'],
  pattern: ['rest-api'],
  cloudProvider: ['aws'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The runtimes that the machine needs for a service with this language and database. */
export function neededRuntimes(intent: {
  readonly language: string;
  readonly database: string;
}): readonly string[] {
  return [
    ...new Set([
      intent.language,
      'git',
      ...(intent.database === 'none' ? [] : [intent.database]),
    ]),
  ];
}

/** What people call the values of an intent. */
const TITLES: Readonly<Record<string, string>> = {
  go: 'Go',
  nodejs: 'Node.js',
  python: 'Python',
  'rest-api': 'REST API',
  postgresql: 'PostgreSQL',
  none: 'no database',
  aws: 'AWS',
};

/** The name to show for a value. */
export function titleOf(value: string): string {
  return Object.hasOwn(TITLES, value) ? TITLES[value] : value;
}

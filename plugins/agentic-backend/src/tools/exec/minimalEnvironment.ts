const SYSTEM_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The environment programs of the local target start from: nothing of the portal's own environment
 * (which holds its secrets) but where programs are found and which time zone it is.
 */
export function minimalEnvironment(
  additions: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? SYSTEM_PATH,
    LC_ALL: 'C',
  };
  for (const name of ['TZ', 'SYSTEMROOT']) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return { ...environment, ...additions };
}

import { minimalEnvironment } from '../../exec/minimalEnvironment';

const COMMON =
  /^(https?_proxy|no_proxy|ssl_cert_file|ssl_cert_dir|home|userprofile|appdata)$/i;

/**
 * What a package manager gets to see: its own settings, which say where its registry is and how to
 * get there, and nothing else of the portal's environment.
 */
export function installerEnvironment(
  own: RegExp,
  except: RegExp,
): Record<string, string> {
  const settings = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (COMMON.test(entry[0]) || own.test(entry[0])) &&
      !except.test(entry[0]),
  );
  return minimalEnvironment(Object.fromEntries(settings));
}

import type { FileViolation } from '../FileCheck';

const MAX_PATH_LENGTH = 240;
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

function problemOf(path: string): string | undefined {
  if (path === '' || path.length > MAX_PATH_LENGTH) {
    return `is empty or longer than ${MAX_PATH_LENGTH} characters`;
  }
  if (/[\p{Cc}\p{Cf}\\]/u.test(path)) {
    return 'holds a control or invisible character, or a backslash';
  }
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.startsWith('~')) {
    return 'is absolute';
  }
  const segments = path.split('/');
  if (segments.some(segment => segment === '..' || segment === '.')) {
    return "holds a '.' or '..' segment";
  }
  if (segments.some(segment => segment === '' || segment !== segment.trim())) {
    return 'holds an empty segment or one that starts or ends with a space';
  }
  if (segments.some(segment => segment.toLowerCase() === '.git')) {
    return "reaches into a '.git' folder";
  }
  return segments.some(segment => WINDOWS_DEVICE.test(segment))
    ? 'holds a name that Windows reserves'
    : undefined;
}

/**
 * Says why a file must not be written under its path, if so: it would leave its folder, reach into
 * Git's own files, or not exist on every system. `taken` are the other paths of the same set.
 */
export function findPathViolations(
  path: string,
  taken: readonly string[] = [],
): FileViolation[] {
  const problem = problemOf(path);
  if (problem) {
    return [
      {
        rule: 'path/unsafe',
        severity: 'critical',
        message: `The path ${JSON.stringify(path)} ${problem}`,
        remedy: 'Use a relative path with forward slashes inside the folder',
      },
    ];
  }
  const twin = taken.find(other => other.toLowerCase() === path.toLowerCase());
  return twin === undefined
    ? []
    : [
        {
          rule: 'path/duplicate',
          severity: 'critical',
          message: `The path '${path}' collides with '${twin}'`,
          remedy: 'Give each file a path of its own, also ignoring case',
        },
      ];
}

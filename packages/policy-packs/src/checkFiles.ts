import { setImmediate as nextTurn } from 'node:timers/promises';
import { CHECKERS } from './checkers/checkers';
import { detectFormat, findChartRoots } from './files/detectFormat';
import { findPathViolations } from './files/findPathViolations';
import { RecentResults } from './files/RecentResults';
import type {
  CheckerResult,
  FileCheck,
  FileFormat,
  FileViolation,
  SourceFile,
} from './FileCheck';
import { findSecrets } from './secrets/findSecrets';

const MAX_FILE_CHARACTERS = 2_000_000;
const recentResults = new RecentResults(5000);

function isFailure({ severity }: FileViolation): boolean {
  return severity === 'high' || severity === 'critical';
}

async function findViolations(
  file: SourceFile,
  format: FileFormat,
): Promise<CheckerResult> {
  // Parsers hold the event loop; others get their turn between two files.
  await nextTurn();
  const secrets = findSecrets(file.content);
  const coverage = CHECKERS[format];
  if ('noChecker' in coverage) {
    return { violations: secrets, notCovered: coverage.noChecker };
  }
  const { violations, notCovered } = await coverage.check(file);
  return { violations: [...secrets, ...violations], notCovered };
}

async function checkContent(
  file: SourceFile,
  format: FileFormat,
): Promise<CheckerResult> {
  if (file.content.length > MAX_FILE_CHARACTERS) {
    return {
      violations: [],
      notCovered: `Not looked into: longer than ${MAX_FILE_CHARACTERS} characters`,
    };
  }
  try {
    return await recentResults.get(file, format, () =>
      findViolations(file, format),
    );
  } catch (error) {
    return {
      violations: [
        {
          rule: `${format}/checker-failed`,
          severity: 'high',
          message: `The checker could not read the file: ${
            error instanceof Error ? error.message : String(error)
          }`,
        },
      ],
    };
  }
}

function toFileCheck(
  path: string,
  format: FileFormat,
  { violations, notCovered }: CheckerResult,
): FileCheck {
  if (violations.some(isFailure)) {
    return { path, format, status: 'failed', violations };
  }
  return notCovered === undefined
    ? { path, format, status: 'passed', violations }
    : { path, format, status: 'needs_review', violations, reason: notCovered };
}

/**
 * Checks files as one set: each by the parser, linter or schema of its format, for a safe path, and
 * for key material. Answers one result for each file, in the given order. Nothing is written and no
 * program is started.
 */
export async function checkFiles(
  files: readonly SourceFile[],
): Promise<FileCheck[]> {
  const chartRoots = findChartRoots(files);
  const checks: FileCheck[] = [];
  const taken = new Map<string, string>();
  for (const file of files) {
    const format = detectFormat(file, chartRoots);
    const twin = taken.get(file.path.toLowerCase());
    taken.set(file.path.toLowerCase(), file.path);
    const pathViolations = findPathViolations(
      file.path,
      twin === undefined ? [] : [twin],
    );
    const result = await checkContent(file, format);
    checks.push(
      toFileCheck(file.path, format, {
        ...result,
        violations: [...pathViolations, ...result.violations],
      }),
    );
  }
  return checks;
}

/** The formats that files are told apart by. `text` is everything that has no format of its own here. */
export const FILE_FORMATS = [
  'catalog-info',
  'codeowners',
  'dockerfile',
  'github-actions',
  'gitlab-ci',
  'go',
  'go-mod',
  'go-sum',
  'helm-chart',
  'helm-template',
  'javascript',
  'json',
  'kubernetes',
  'markdown',
  'openapi',
  'python',
  'requirements',
  'shell',
  'sql',
  'terraform',
  'text',
  'toml',
  'typescript',
  'yaml',
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** One file to be checked. `path` is relative, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly content: string;
}

/** How bad a violation is. A file with a `high` or `critical` one has failed. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** One thing that is wrong with a file. `line` counts from one. */
export interface FileViolation {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly line?: number;
  readonly remedy?: string;
}

/**
 * The result for one file. `passed`: a parser and the rules of its format found nothing of high or
 * critical severity. `needs_review`: nothing bad was found, but something was not looked at; `reason`
 * says what.
 */
export interface FileCheck {
  readonly path: string;
  readonly format: FileFormat;
  readonly status: 'passed' | 'failed' | 'needs_review';
  readonly violations: readonly FileViolation[];
  readonly reason?: string;
}

/** What one checker found. `notCovered` says what it could not decide. */
export interface CheckerResult {
  readonly violations: readonly FileViolation[];
  readonly notCovered?: string;
}

/** Checks one file of one format. It never throws for what is in the file: that is a violation. */
export type Checker = (file: SourceFile) => Promise<CheckerResult>;

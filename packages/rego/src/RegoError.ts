import type { Location } from './syntax/ast';

/** The kinds of errors, by the names that OPA gives them. */
export type RegoErrorCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'
  | 'rego_type_error'
  | 'eval_conflict_error'
  | 'eval_builtin_error'
  | 'eval_type_error'
  | 'eval_cancel_error';

/** Something is wrong with a policy or with its evaluation. */
export class RegoError extends Error {
  readonly code: RegoErrorCode;
  readonly at: Location | undefined;
  /** What is wrong, without code and place. */
  readonly reason: string;

  constructor(code: RegoErrorCode, reason: string, at?: Location) {
    super(
      at
        ? `${at.file}:${at.row}:${at.column}: ${code}: ${reason}`
        : `${code}: ${reason}`,
    );
    this.name = 'RegoError';
    this.code = code;
    this.reason = reason;
    this.at = at;
  }
}

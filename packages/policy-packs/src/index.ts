/**
 * Checks generated files with the parsers, linters and schemas of their formats, and holds documents
 * of infrastructure against packs of rules.
 *
 * @packageDocumentation
 */
export { checkFiles } from './checkFiles';
export { policyCheck } from './commandLine/policyCheck';
export type { Streams } from './commandLine/policyCheck';
export {
  COULD_NOT_BE_CHECKED,
  PolicyRequest,
  checkPolicy,
  checkPolicyOfFiles,
} from './evaluation/checkPolicy';
export type { PolicyResult } from './evaluation/checkPolicy';
export type { PolicyViolation, Undecided } from './evaluation/evaluateRules';
export { detectFormat } from './files/detectFormat';
export { FILE_FORMATS } from './FileCheck';
export type {
  FileCheck,
  FileFormat,
  FileViolation,
  Severity,
  SourceFile,
} from './FileCheck';
export { PolicyRequestError } from './PolicyRequestError';
export { POLICY_PACKS } from './packs/policyPacks';
export type { PolicyPack } from './packs/policyPacks';
export type { Controls } from './rules/categories';
export type {
  Parameters,
  PolicyRule,
  PolicySeverity,
  RuleFix,
} from './rules/PolicyRule';

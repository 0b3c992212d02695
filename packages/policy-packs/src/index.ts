/**
 * Checks generated files with the parsers, linters and schemas of their formats.
 *
 * @packageDocumentation
 */
export { checkFiles } from './checkFiles';
export { detectFormat } from './files/detectFormat';
export { FILE_FORMATS } from './FileCheck';
export type {
  FileCheck,
  FileFormat,
  FileViolation,
  Severity,
  SourceFile,
} from './FileCheck';

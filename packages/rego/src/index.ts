export { builtinNames } from './builtins';
export { runCommand } from './commandLine/runCommand';
export type { Output } from './commandLine/runCommand';
export { explain } from './explain';
export type { BodyExplanation } from './explain';
export { Policies } from './Policies';
export type {
  EvaluateOptions,
  PolicyFile,
  PolicyOptions,
  PreparedQuery,
  PreparedValue,
} from './Policies';
export { PolicyWorker } from './PolicyWorker';
export type { WorkerLimits } from './PolicyWorker';
export { RegoError } from './RegoError';
export type { RegoErrorCode } from './RegoError';
export type { Location } from './syntax/ast';
export type { RegoVersion } from './syntax/parseModule';
export { fromJson, toJson, toText } from './values/json';
export { parseJson } from './values/parseJson';
export { RegoObject, RegoSet } from './values/value';
export type { RegoNumber, Value } from './values/value';

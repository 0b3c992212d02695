/**
 * Service skeletons: choose a template, check a spec, render the files, and
 * learn how to run the result.
 *
 * @packageDocumentation
 */
export { dependencyLock } from './dependencyLock';
export { launchSpec } from './launchSpec';
export { lintProvenance } from './lintProvenance';
export type { ProvenanceProblem } from './lintProvenance';
export { renderService } from './renderService';
export { ServiceSpecError } from './ServiceSpecError';
export { findTemplate, listTemplates } from './templates';
export type {
  DependencyLock,
  EnvironmentVariable,
  LaunchSpec,
  LockFile,
  Provenance,
  RenderedFile,
  ServicePart,
  ServiceRuntime,
  ServiceSpec,
  SpecProblem,
  TemplateDescriptor,
} from './types';
export { validateServiceSpec } from './validateServiceSpec';
export type { SpecCheck } from './validateServiceSpec';

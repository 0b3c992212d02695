/**
 * Scaffolder actions of the Agentic Framework.
 *
 * @packageDocumentation
 */
export { scaffolderModuleAgentic as default } from './module';

/**
 * Brings the services created by the Agentic Framework into the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleAgentic as default } from './module';
export { AgenticEntityProvider } from './AgenticEntityProvider';
export type { AgenticEntityProviderOptions } from './AgenticEntityProvider';

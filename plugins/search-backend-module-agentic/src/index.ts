/**
 * Makes the workflows of the Agentic Framework searchable.
 *
 * @packageDocumentation
 */
export { searchModuleAgentic as default } from './module';

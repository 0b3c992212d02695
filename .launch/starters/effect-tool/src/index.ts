/**
 * Starter title: a tool for the Agentic Framework.
 *
 * @packageDocumentation
 */
export { agenticModuleStarterId as default } from './module';

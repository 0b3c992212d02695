/**
 * Starter title: an agent for the Agentic Framework.
 *
 * @packageDocumentation
 */
export { agenticModuleStarterId as default } from './module';

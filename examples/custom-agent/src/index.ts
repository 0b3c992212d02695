/**
 * An agent of your own with tools of its own: it writes the page that somebody on call needs.
 *
 * @packageDocumentation
 */
export { agenticModuleRunbook as default } from './module';
